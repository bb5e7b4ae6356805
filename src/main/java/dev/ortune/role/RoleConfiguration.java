package dev.ortune.role;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What this process does; checked at start. */
@ConfigMapping(prefix = "ortune")
public interface RoleConfiguration {

    /** {@code all}, {@code serve} or {@code train}. Environment: {@code ORTUNE_ROLE}. */
    @WithDefault("all")
    Role role();
}
