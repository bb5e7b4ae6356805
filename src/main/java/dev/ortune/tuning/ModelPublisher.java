package dev.ortune.tuning;

import dev.ortune.job.Job;
import dev.ortune.repository.AdapterUploads;
import dev.ortune.repository.ModelName;
import dev.ortune.repository.Publication;
import java.nio.file.Path;
import java.util.Optional;

/** Makes jobs' adapters models. A job's model has a name of its own, so that it is published once. */
public final class ModelPublisher {

    private static final int ID_SHOWN = 10;
    private static final int BASE_SHOWN = 40;

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

    /** Publishes an adapter unless the job's model is there already; the model's name. */
    String publish(Job job, Path adapter) {
        String name = modelName(job);
        uploads.publishFolder(
                new Publication(
                        new ModelName(job.tenant(), name),
                        true,
                        Optional.empty(),
                        Optional.of(JobSpecification.parse(job.specification()).model())),
                adapter);
        return name;
    }
}
