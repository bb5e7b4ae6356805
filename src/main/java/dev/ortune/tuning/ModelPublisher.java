package dev.ortune.tuning;

import dev.ortune.io.AtomicFiles;
import dev.ortune.job.Job;
import dev.ortune.job.JobEpoch;
import dev.ortune.repository.AdapterUploads;
import dev.ortune.repository.ModelName;
import dev.ortune.repository.Publication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Makes jobs' adapters models. A job's model has a name of its own, so that it is published once: its
 * best epoch as the default version, and the newest ones beside it under aliases.
 */
public final class ModelPublisher {

    private static final int ID_SHOWN = 10;
    private static final int BASE_SHOWN = 40;
    private static final String EPOCH_PREFIX = "step-";
    private static final String ALIAS_PREFIX = "ckpt-step-";

    private final AdapterUploads uploads;

    public ModelPublisher(AdapterUploads uploads) {
        this.uploads = uploads;
    }

    /** The name of the model that comes of a job. */
    public static String modelName(Job job) {
        JobSpecification specification = JobSpecification.parse(job.specification());
        String base = specification.model().replaceAll("[^A-Za-z0-9]+", "-");
        String middle =
                specification
                        .suffix()
                        .orElse(base.substring(0, Math.min(BASE_SHOWN, base.length())));
        return "ft-" + middle + "-" + job.id().substring(job.id().length() - ID_SHOWN);
    }

    /** The alias of an epoch's version, by its last step. */
    public static String alias(int step) {
        return ALIAS_PREFIX + step;
    }

    /** Publishes what is not published yet; the model's name. */
    String publish(Job job, JobFolder folder, List<JobEpoch> epochs) {
        OptionalInt best = EpochFigures.best(epochs);
        Optional<Integer> bestStep =
                epochs.stream()
                        .filter(epoch -> best.equals(OptionalInt.of(epoch.epoch())))
                        .map(JobEpoch::step)
                        .findFirst();
        // The first version of a model is its default.
        publish(job, folder.adapter(), true, bestStep.map(ModelPublisher::alias));
        for (Path epoch : epochs(folder)) {
            int step =
                    Integer.parseInt(
                            epoch.getFileName().toString().substring(EPOCH_PREFIX.length()));
            if (!bestStep.equals(Optional.of(step))) {
                publish(job, epoch, false, Optional.of(alias(step)));
            }
        }
        return modelName(job);
    }

    private void publish(Job job, Path adapter, boolean activate, Optional<String> alias) {
        uploads.publishFolder(
                new Publication(
                        new ModelName(job.tenant(), modelName(job)),
                        activate,
                        alias,
                        Optional.of(JobSpecification.parse(job.specification()).model())),
                adapter);
    }

    private static List<Path> epochs(JobFolder folder) {
        if (!Files.isDirectory(folder.epochs())) {
            return List.of();
        }
        try (Stream<Path> epochs = Files.list(folder.epochs())) {
            return epochs.filter(path -> path.getFileName().toString().matches("step-[0-9]{1,9}"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw AtomicFiles.writeFailure(folder.epochs(), e);
        }
    }
}
