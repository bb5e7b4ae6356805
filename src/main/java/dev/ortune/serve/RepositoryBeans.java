package dev.ortune.serve;

import dev.ortune.base.BaseModelResolver;
import dev.ortune.base.BundledBase;
import dev.ortune.base.DownloadProgress;
import dev.ortune.base.HubSettings;
import dev.ortune.base.OrtuneHome;
import dev.ortune.database.Database;
import dev.ortune.database.Notifications;
import dev.ortune.error.OrtuneException;
import dev.ortune.export.PreparedBases;
import dev.ortune.repository.AdapterExports;
import dev.ortune.repository.AdapterRepository;
import dev.ortune.repository.AdapterUploads;
import dev.ortune.repository.CachedVersions;
import dev.ortune.repository.ConfiguredFolders;
import dev.ortune.repository.KnownBases;
import dev.ortune.repository.SharedChanges;
import dev.ortune.repository.SharedSettings;
import dev.ortune.repository.archive.ArchiveLimits;
import dev.ortune.storage.SharedStorage;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jboss.logging.Logger;

/** Opens the repository when the service starts and gives it back when it stops. */
@Singleton
public final class RepositoryBeans {

    private static final Logger LOG = Logger.getLogger(RepositoryBeans.class);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(10);

    private Optional<Notifications> changes = Optional.empty();

    /** The bases by name, none of them prepared yet. */
    @Produces
    @Singleton
    KnownBases bases(
            RepositoryConfiguration repository, ServeConfiguration serve, OrtuneHome home) {
        BaseModelResolver resolver =
                new BaseModelResolver(
                        HubSettings.fromEnvironment(System.getenv()),
                        new BundledBase(home),
                        DownloadProgress.silent());
        PreparedBases prepared = new PreparedBases(home.directory().resolve("prepared"));
        return new KnownBases(
                repository.bases().orElse(List.of()),
                serve.base(),
                name -> prepared.prepare(resolver.resolve(name)));
    }

    /** Has the listed bases at hand before anybody asks. */
    @Produces
    @Singleton
    BasePreparation preparation(RepositoryConfiguration repository, KnownBases bases) {
        return new BasePreparation(
                bases, repository.bases().isEmpty() ? List.of() : bases.names(), BETWEEN_ATTEMPTS);
    }

    /** The published models, and the configured folders beside them. */
    @Produces
    @Singleton
    AdapterRepository repository(
            RepositoryConfiguration configuration,
            ServeConfiguration serve,
            OrtuneHome home,
            KnownBases bases,
            SharedStorage storage,
            StorageConfiguration sharing,
            Database database) {
        AdapterRepository repository =
                storage.objects()
                        .map(
                                objects ->
                                        AdapterRepository.share(
                                                new SharedSettings(
                                                        database.statements(),
                                                        objects,
                                                        home.directory().resolve("cache/models"),
                                                        sharing.cacheSize().asLongValue())))
                        .orElseGet(
                                () ->
                                        AdapterRepository.open(
                                                configuration
                                                        .repository()
                                                        .orElseGet(
                                                                () ->
                                                                        home.directory()
                                                                                .resolve(
                                                                                        "models"))));
        try {
            new ConfiguredFolders(repository, bases).mount(ModelFolders.of(serve));
            return repository;
        } catch (OrtuneException e) {
            repository.close();
            // The error that stops the service shows its message only, deep in a stack trace.
            LOG.errorf("%s %s", e.getMessage(), e.remedy());
            throw e;
        }
    }

    /** Uploads into the repository. */
    @Produces
    @Singleton
    AdapterUploads uploads(
            AdapterRepository repository, KnownBases bases, BodyConfiguration bodies) {
        return new AdapterUploads(
                repository, bases, ArchiveLimits.of(bodies.upload().maxBytes().asLongValue()));
    }

    /** Exports out of the repository. */
    @Produces
    @Singleton
    AdapterExports exports(AdapterRepository repository, KnownBases bases) {
        return new AdapterExports(repository, bases);
    }

    /** Reads the repository before the first request, and follows what other processes change. */
    void start(
            @Observes StartupEvent event,
            AdapterRepository repository,
            Database database,
            StorageConfiguration sharing) {
        LOG.debugf("The repository has %d model(s)", repository.models().size());
        changes =
                repository
                        .changes()
                        .map(
                                shared ->
                                        Notifications.listen(
                                                database,
                                                SharedChanges.CHANNEL,
                                                sharing.catchUp(),
                                                new ChangesListener(shared)));
    }

    /** The disk cache in numbers, where there is one. */
    void measure(
            @Observes StartupEvent event, AdapterRepository repository, MeterRegistry registry) {
        if (repository.cached().isPresent()) {
            gauge(registry, repository, "ortune.versions.cached", CachedVersions::count);
            gauge(registry, repository, "ortune.versions.cached.bytes", CachedVersions::bytes);
        }
    }

    private static void gauge(
            MeterRegistry registry,
            AdapterRepository repository,
            String name,
            ToDoubleFunction<CachedVersions> number) {
        Gauge.builder(
                        name,
                        repository,
                        store -> store.cached().map(number::applyAsDouble).orElse(Double.NaN))
                .description("Versions on this disk, of those in the shared storage")
                .register(registry);
    }

    void stop(@Observes ShutdownEvent event) {
        changes.ifPresent(Notifications::close);
    }

    /** Between the database, which knows no models, and the repository, which knows no connections. */
    private record ChangesListener(SharedChanges changes) implements Notifications.Listener {

        @Override
        public void heard(String text) {
            changes.changed(text);
        }

        @Override
        public void catchUp() {
            changes.catchUp();
        }
    }

    /** Beside the start, since a base may have to be fetched. */
    void start(@Observes StartupEvent event, BasePreparation preparation) {
        preparation.start();
    }

    void close(@Disposes BasePreparation preparation) {
        preparation.close();
    }

    void close(@Disposes AdapterRepository repository) {
        repository.close();
    }
}
