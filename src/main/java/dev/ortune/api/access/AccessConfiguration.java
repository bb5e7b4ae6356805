package dev.ortune.api.access;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Who may ask, and how much; checked at start. */
@ConfigMapping(prefix = "ortune")
public interface AccessConfiguration {

    /**
     * A key with all scopes of the tenant {@code default}, at least 20 characters. Environment: {@code
     * ORTUNE_ADMIN_KEY}.
     */
    Optional<String> adminKey();

    /** What needs no key. */
    Access access();

    /** Whose tokens are taken beside keys. */
    Oidc oidc();

    /** How much a tenant may have that was given nothing else. */
    QuotaDefaults quota();

    /** What needs no key. */
    interface Access {

        /**
         * Addresses that everybody may use, with all beneath them. Environment: {@code
         * ORTUNE_ACCESS_OPEN_PATHS}.
         */
        @WithDefault("/q/health,/q/openapi")
        Optional<List<String>> openPaths();
    }

    /** Whose tokens are taken beside keys. */
    interface Oidc {

        /** The issuer, as its tokens name it in {@code iss}. Environment: {@code ORTUNE_OIDC_ISSUER}. */
        Optional<String> issuer();

        /** What tokens must have in {@code aud}. Environment: {@code ORTUNE_OIDC_AUDIENCE}. */
        Optional<String> audience();

        /** The claim that names the tenant. Environment: {@code ORTUNE_OIDC_TENANT_CLAIM}. */
        @WithDefault("tenant")
        String tenantClaim();
    }

    /** How much a tenant may have that was given nothing else; what is not set has no limit. */
    interface QuotaDefaults {

        /** Jobs that run at the same time. Environment: {@code ORTUNE_QUOTA_CONCURRENT_JOBS}. */
        OptionalInt concurrentJobs();

        /** Rows of training data in one job. Environment: {@code ORTUNE_QUOTA_ROWS}. */
        OptionalLong rows();

        /** Files, all together, as {@code 10G}. Environment: {@code ORTUNE_QUOTA_STORAGE_BYTES}. */
        Optional<MemorySize> storageBytes();

        /**
         * Requests per second, over both protocols, in this process. Environment: {@code
         * ORTUNE_QUOTA_REQUESTS_PER_SECOND}.
         */
        OptionalDouble requestsPerSecond();
    }
}
