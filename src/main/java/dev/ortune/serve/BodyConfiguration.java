package dev.ortune.serve;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How large the bodies of requests may be; as {@code 500K}, {@code 10M}, {@code 2G}. */
@ConfigMapping(prefix = "ortune")
public interface BodyConfiguration {

    /** Uploads of adapters. */
    Upload upload();

    /** All other requests. */
    Request request();

    /** Uploads of adapters. */
    interface Upload {

        /**
         * The largest upload; what is in it may come to twice as much. Environment: {@code
         * ORTUNE_UPLOAD_MAX_BYTES}.
         */
        @WithDefault("128M")
        MemorySize maxBytes();
    }

    /** All other requests. */
    interface Request {

        /** The largest body. Environment: {@code ORTUNE_REQUEST_MAX_BYTES}. */
        @WithDefault("10M")
        MemorySize maxBytes();
    }
}
