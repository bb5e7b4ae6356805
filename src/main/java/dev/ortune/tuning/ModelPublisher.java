package dev.ortune.tuning;

import dev.ortune.error.InvalidInputException;
import dev.ortune.io.AtomicFiles;
import dev.ortune.job.Job;
import dev.ortune.repository.AdapterRepository;
import dev.ortune.repository.AdapterUploads;
import dev.ortune.repository.Publication;
import dev.ortune.repository.UploadedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes jobs' adapters models. A job's model has a name of its own, so that it is published once. */
public final class ModelPublisher {

    private static final int ID_SHOWN = 10;
    private static final int BASE_SHOWN = 40;

    private final AdapterUploads uploads;
    private final AdapterRepository repository;

    public ModelPublisher(AdapterUploads uploads, AdapterRepository repository) {
        this.uploads = uploads;
        this.repository = repository;
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
        if (isPublished(name)) {
            return name;
        }
        String base = JobSpecification.parse(job.specification()).model();
        try (Stream<Path> files = Files.list(adapter)) {
            List<UploadedFile> all =
                    files.map(file -> new UploadedFile(file.getFileName().toString(), file))
                            .toList();
            uploads.publish(new Publication(name, true, Optional.empty(), Optional.of(base)), all);
            return name;
        } catch (IOException e) {
            throw AtomicFiles.writeFailure(adapter, e);
        }
    }

    private boolean isPublished(String name) {
        try {
            repository.model(name);
            return true;
        } catch (InvalidInputException notThere) {
            return false;
        }
    }
}
