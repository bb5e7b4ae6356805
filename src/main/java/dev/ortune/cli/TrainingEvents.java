package dev.ortune.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.ortune.train.EpochReport;
import dev.ortune.train.StepReport;
import java.io.PrintStream;
import java.util.Optional;

/**
 * Tells a run to a program, a JSON object a line, each with an {@code event}: {@code started}, {@code
 * resumed}, {@code step}, {@code checkpoint}, {@code epoch}.
 */
final class TrainingEvents implements TrainingView {

    private static final double NANOS_PER_SECOND = 1e9;

    private final PrintStream out;
    private final Optional<EventsFile> file;
    private final JsonMapper mapper = JsonMapper.builder().addModule(new Jdk8Module()).build();

    /**
     * Tells it.
     *
     * @param file gets the same; closed with this
     */
    TrainingEvents(PrintStream out, Optional<EventsFile> file) {
        this.out = out;
        this.file = file;
    }

    @Override
    public void started(int totalSteps) {
        tell(event("started").put("total_steps", totalSteps));
    }

    @Override
    public void goesOn(int step) {
        tell(event("resumed").put("step", step));
    }

    @Override
    public void stepped(StepReport report) {
        tell(
                event("step")
                        .put("step", report.step())
                        .put("epoch", report.epoch())
                        .put("loss", report.loss())
                        .put("learning_rate", report.learningRate())
                        .put("gradient_norm", report.gradientNorm())
                        .put("tokens", report.tokens())
                        .put("seconds", report.trainingTime().toNanos() / NANOS_PER_SECOND));
    }

    @Override
    public void saving(int step) {
        file.ifPresent(EventsFile::force);
    }

    @Override
    public void saved(int step) {
        tell(event("checkpoint").put("step", step));
    }

    @Override
    public void epochEnded(EpochReport report) {
        ObjectNode epoch =
                event("epoch")
                        .put("epoch", report.epoch())
                        .put("step", report.steps())
                        .put("training_loss", report.trainingLoss());
        report.evaluation()
                .ifPresent(
                        evaluation ->
                                epoch.set("evaluation", mapper.<JsonNode>valueToTree(evaluation)));
        tell(epoch);
    }

    @Override
    public void close() {
        out.flush();
        file.ifPresent(EventsFile::close);
    }

    private ObjectNode event(String name) {
        return mapper.createObjectNode().put("event", name);
    }

    private void tell(ObjectNode event) {
        String line = event.toString();
        file.ifPresent(it -> it.append(line));
        out.println(line);
    }
}
