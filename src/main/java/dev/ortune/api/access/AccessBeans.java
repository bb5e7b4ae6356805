package dev.ortune.api.access;

import dev.ortune.access.AdminKey;
import dev.ortune.access.ApiKeyStore;
import dev.ortune.access.ApiKeys;
import dev.ortune.access.Gatekeeper;
import dev.ortune.access.OpenPaths;
import dev.ortune.access.Quota;
import dev.ortune.access.QuotaStore;
import dev.ortune.access.Quotas;
import dev.ortune.access.RecentRecords;
import dev.ortune.access.RequestRates;
import dev.ortune.access.TokenReader;
import dev.ortune.access.oidc.OidcSettings;
import dev.ortune.access.oidc.OidcTokens;
import dev.ortune.audit.AuditLog;
import dev.ortune.audit.AuditTrail;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/** Makes the parts of access control, and says at the start who may ask. */
@Singleton
public final class AccessBeans {

    private static final Logger LOG = Logger.getLogger(AccessBeans.class);

    /** Keys in the database. */
    @Produces
    @Singleton
    ApiKeyStore keyStore(Jdbi database) {
        return new ApiKeyStore(database, InstantSource.system());
    }

    /** Keys and quotas at hand. */
    @Produces
    @Singleton
    RecentRecords records(Jdbi database, ExecutorService workers) {
        return new RecentRecords(database, workers, System::nanoTime);
    }

    /** Who asks. */
    @Produces
    @Singleton
    Gatekeeper gatekeeper(
            AccessConfiguration configuration,
            RecentRecords records,
            ApiKeyStore keys,
            ExecutorService workers) {
        return new Gatekeeper(
                records,
                keys,
                InstantSource.system(),
                workers,
                configuration.adminKey().map(AdminKey::of),
                configuration.oidc().issuer().map(issuer -> tokens(issuer, configuration.oidc())));
    }

    /** Keys as admins manage them. */
    @Produces
    @Singleton
    ApiKeys keys(ApiKeyStore store, RecentRecords records, Gatekeeper gatekeeper) {
        return new ApiKeys(store, records, gatekeeper);
    }

    /** How much tenants may have. */
    @Produces
    @Singleton
    Quotas quotas(AccessConfiguration configuration, Jdbi database, RecentRecords records) {
        return new Quotas(new QuotaStore(database), records, defaults(configuration.quota()));
    }

    /** How often tenants ask. */
    @Produces
    @Singleton
    RequestRates rates(Quotas quotas) {
        return new RequestRates(quotas, System::nanoTime);
    }

    /** What needs no key. */
    @Produces
    @Singleton
    OpenPaths openPaths(AccessConfiguration configuration) {
        return new OpenPaths(configuration.access().openPaths().orElse(List.of()));
    }

    /** Who did what. */
    @Produces
    @Singleton
    AuditLog auditLog(Jdbi database) {
        return new AuditLog(database);
    }

    /** What writes it down. */
    @Produces
    @Singleton
    AuditTrail auditTrail(AuditLog log) {
        return new AuditTrail(log);
    }

    void start(@Observes StartupEvent event, Gatekeeper gatekeeper, AccessConfiguration settings) {
        LOG.info(gatekeeper.describe());
        if (settings.oidc().issuer().isPresent() && settings.oidc().audience().isEmpty()) {
            LOG.warn(
                    "Tokens of the issuer are taken whatever audience they are for; set"
                            + " ORTUNE_OIDC_AUDIENCE to take only those for this service");
        }
    }

    /** While the database is still open. */
    void stop(@Observes ShutdownEvent event, AuditTrail trail) {
        trail.close();
    }

    private static TokenReader tokens(String issuer, AccessConfiguration.Oidc oidc) {
        return new OidcTokens(
                new OidcSettings(issuer, oidc.audience(), oidc.tenantClaim()), System::nanoTime);
    }

    private static Quota defaults(AccessConfiguration.QuotaDefaults defaults) {
        boolean isSane =
                defaults.concurrentJobs().orElse(0) >= 0
                        && defaults.rows().orElse(0) >= 0
                        && defaults.requestsPerSecond().orElse(1) > 0;
        if (!isSane) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    "One of ortune.quota.* is below 0, or requests-per-second is 0.",
                    "Leave a quota unset to have no limit.");
        }
        return new Quota(
                defaults.concurrentJobs(),
                defaults.rows(),
                defaults.storageBytes()
                        .map(size -> OptionalLong.of(size.asLongValue()))
                        .orElseGet(OptionalLong::empty),
                defaults.requestsPerSecond());
    }
}
