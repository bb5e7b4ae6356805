package dev.ortune.cli;

import dev.ortune.base.BaseModel;
import dev.ortune.base.BaseModelResolver;
import dev.ortune.base.BundledBase;
import dev.ortune.base.HubSettings;
import dev.ortune.base.OrtuneHome;
import dev.ortune.console.Console;
import dev.ortune.console.DownloadBar;
import dev.ortune.export.PreparedBases;
import java.util.Map;
import java.util.Optional;

/**
 * What every command works with: the console, and where bases are found and prepared.
 *
 * @param console where the command reports
 * @param environment the process's variables
 */
record Workshop(Console console, Map<String, String> environment) {

    Workshop {
        environment = Map.copyOf(environment);
    }

    OrtuneHome home() {
        return OrtuneHome.fromEnvironment(environment);
    }

    /** A variable of the environment that is set and not empty. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    BaseModelResolver resolver() {
        return new BaseModelResolver(
                HubSettings.fromEnvironment(environment),
                new BundledBase(home()),
                new DownloadBar(console));
    }

    PreparedBases preparedBases() {
        return new PreparedBases(home().directory().resolve("prepared"));
    }

    /** The named base, or the default one with a notice where no hub answers. */
    BaseModel base(Optional<String> name) {
        return name.map(resolver()::resolve)
                .orElseGet(() -> resolver().resolveDefault(console::notice));
    }
}
