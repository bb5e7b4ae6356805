package dev.ortune.job;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Jobs' steps and epochs in numbers. What is written again, because a job went on from a checkpoint
 * before it, changes nothing: the numbers are the same. Thread-safe.
 */
public final class JobJournal {

    private final Jdbi database;
    private final InstantSource clock;

    public JobJournal(Jdbi database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Adds steps.
     *
     * @param steps in their order, at least one
     * @param estimatedFinish of the job, if its pace is known
     */
    public void add(String jobId, List<JobStep> steps, Optional<Instant> estimatedFinish) {
        database.useTransaction(
                handle -> {
                    PreparedBatch batch =
                            handle.prepareBatch(
                                    "insert into job_step (job_id, step, epoch, loss, learning_rate,"
                                            + " gradient_norm, tokens, seconds) values (:id, :step,"
                                            + " :epoch, :loss, :rate, :norm, :tokens, :seconds) on"
                                            + " conflict do nothing");
                    for (JobStep step : steps) {
                        batch.bind("id", jobId)
                                .bind("step", step.step())
                                .bind("epoch", step.epoch())
                                .bind("loss", step.loss())
                                .bind("rate", step.learningRate())
                                .bind(
                                        "norm",
                                        step.gradientNorm().isPresent()
                                                ? Optional.of(step.gradientNorm().getAsDouble())
                                                : Optional.<Double>empty())
                                .bind("tokens", step.tokens())
                                .bind("seconds", step.seconds())
                                .add();
                    }
                    batch.execute();
                    handle.createUpdate(
                                    "update job set trained_tokens = :tokens, trained_seconds ="
                                            + " :seconds, estimated_finish = :finish where id = :id")
                            .bind("tokens", steps.get(steps.size() - 1).tokens())
                            .bind("seconds", steps.get(steps.size() - 1).seconds())
                            .bind("finish", estimatedFinish.map(JobRows::time))
                            .bind("id", jobId)
                            .execute();
                });
    }

    /**
     * Adds an epoch.
     *
     * @param evaluation a JSON object; empty without validation rows
     */
    public void add(
            String jobId, int epoch, int step, double trainingLoss, Optional<String> evaluation) {
        database.useHandle(
                handle ->
                        handle.createUpdate(
                                        "insert into job_epoch (job_id, epoch, step, created_at,"
                                                + " training_loss, evaluation) values (:id, :epoch,"
                                                + " :step, :at, :loss, :evaluation) on conflict do"
                                                + " nothing")
                                .bind("id", jobId)
                                .bind("epoch", epoch)
                                .bind("step", step)
                                .bind("at", JobRows.time(clock.instant()))
                                .bind("loss", trainingLoss)
                                .bind("evaluation", evaluation)
                                .execute());
    }

    /**
     * A job's steps in their order.
     *
     * @param after only those with a greater number; 0 for all
     */
    public List<JobStep> steps(String jobId, int after, int limit) {
        return database.withHandle(
                handle ->
                        handle.createQuery(
                                        "select * from job_step where job_id = :id and step > :after"
                                                + " order by step limit :limit")
                                .bind("id", jobId)
                                .bind("after", after)
                                .bind("limit", limit)
                                .map((rs, context) -> step(rs))
                                .list());
    }

    /** A job's epochs in their order. */
    public List<JobEpoch> epochs(String jobId) {
        return database.withHandle(
                handle ->
                        handle.createQuery(
                                        "select * from job_epoch where job_id = :id order by epoch")
                                .bind("id", jobId)
                                .map((rs, context) -> epoch(rs))
                                .list());
    }

    /**
     * How fast jobs go.
     *
     * @param tokensPerSecond over all of them
     * @param jobs that tell
     */
    public record Pace(double tokensPerSecond, int jobs) {}

    /** How fast the newest succeeded jobs on a base went; empty where there are none. */
    public Optional<Pace> pace(String base, int jobs) {
        return database.withHandle(
                handle ->
                        handle.createQuery(
                                        "select sum(trained_tokens) as tokens, sum(trained_seconds)"
                                                + " as seconds, count(*) as jobs from (select"
                                                + " trained_tokens, trained_seconds from job where"
                                                + " status = 'SUCCEEDED' and base = :base and"
                                                + " trained_seconds > 0 order by sequence desc limit"
                                                + " :jobs) as newest")
                                .bind("base", base)
                                .bind("jobs", jobs)
                                .map(
                                        (rs, context) ->
                                                new Pace(
                                                        rs.getDouble("tokens")
                                                                / Math.max(
                                                                        1e-9,
                                                                        rs.getDouble("seconds")),
                                                        rs.getInt("jobs")))
                                .findOne()
                                .filter(pace -> pace.jobs() > 0));
    }

    private static JobStep step(ResultSet rs) throws SQLException {
        double norm = rs.getDouble("gradient_norm");
        OptionalDouble gradientNorm =
                rs.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(norm);
        return new JobStep(
                rs.getInt("step"),
                rs.getInt("epoch"),
                rs.getDouble("loss"),
                rs.getDouble("learning_rate"),
                gradientNorm,
                rs.getLong("tokens"),
                rs.getDouble("seconds"));
    }

    private static JobEpoch epoch(ResultSet rs) throws SQLException {
        return new JobEpoch(
                rs.getInt("epoch"),
                rs.getInt("step"),
                JobRows.time(rs, "created_at").orElseThrow(),
                rs.getDouble("training_loss"),
                Optional.ofNullable(rs.getString("evaluation")));
    }
}
