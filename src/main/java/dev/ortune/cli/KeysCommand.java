package dev.ortune.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ortune keys}: the API keys of a running service. */
@Command(
        name = "keys",
        header = "API keys of a running service.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Creates, lists and revokes API keys. While there is no key, a service takes requests from",
            "its own machine without one; afterwards ORTUNE_API_KEY must be the key of an admin."
        })
final class KeysCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command: create, list or revoke.");
    }
}
