package dev.ortune.serve;

import dev.ortune.database.Database;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.storage.FolderObjects;
import dev.ortune.storage.ObjectStore;
import dev.ortune.storage.ObservedObjects;
import dev.ortune.storage.S3Objects;
import dev.ortune.storage.S3Settings;
import dev.ortune.storage.SharedStorage;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.Logger;
import software.amazon.awssdk.services.s3.S3Client;

/** Opens what processes share, where the configuration names it. */
@Singleton
public final class StorageBeans {

    private static final Logger LOG = Logger.getLogger(StorageBeans.class);

    private Optional<S3Client> client = Optional.empty();

    /** The storage; S3's client is made only where a bucket is named. */
    @Produces
    @Singleton
    SharedStorage storage(
            StorageConfiguration configuration, Database database, MeterRegistry registry) {
        try {
            Optional<ObjectStore> objects =
                    objects(configuration)
                            .map(store -> new ObservedObjects(store, new StorageMetrics(registry)));
            if (objects.isPresent() && database.isEmbedded()) {
                throw new InvalidInputException(
                        ErrorCode.INVALID_OPTION,
                        "ortune.storage names a place that processes share, but the database is in"
                                + " this process.",
                        "Set ortune.database.url to a PostgreSQL server, or leave ortune.storage"
                                + " out.");
            }
            return new SharedStorage(objects);
        } catch (InvalidInputException e) {
            // The error that stops the service shows its message only, deep in a stack trace.
            LOG.errorf("%s %s", e.getMessage(), e.remedy());
            throw e;
        }
    }

    private Optional<ObjectStore> objects(StorageConfiguration configuration) {
        if (configuration.bucket().isPresent() && configuration.folder().isPresent()) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    "ortune.storage.bucket and ortune.storage.folder are both set.",
                    "Set one of them.");
        }
        if (configuration.folder().isPresent()) {
            return Optional.of(new FolderObjects(configuration.folder().get()));
        }
        if (configuration.bucket().isEmpty()) {
            return Optional.empty();
        }
        String prefix = prefix(configuration);
        S3Client made =
                new S3Settings(
                                configuration.endpoint(),
                                configuration.region(),
                                configuration.pathStyle())
                        .client()
                        .build();
        client = Optional.of(made);
        return Optional.of(new S3Objects(made, configuration.bucket().get(), prefix));
    }

    void close(@Disposes SharedStorage storage) {
        client.ifPresent(S3Client::close);
    }

    private static String prefix(StorageConfiguration configuration) {
        String set = configuration.prefix();
        String prefix = set.isEmpty() || set.endsWith("/") ? set : set + "/";
        if (!prefix.matches("([A-Za-z0-9][A-Za-z0-9._-]*/)*")) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    "ortune.storage.prefix \"" + set + "\" is no prefix of keys.",
                    "Write names of letters, digits, dots and hyphens, with slashes between them:"
                            + " team/ortune.");
        }
        return prefix;
    }
}
