package dev.ortune.cli;

import dev.ortune.export.BuildInfo;
import dev.ortune.export.cli.ExportCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ortune}: the command that holds the others. */
@Command(
        name = "ortune",
        mixinStandardHelpOptions = true,
        versionProvider = OrtuneCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Fine-tunes and serves text classifiers in the JVM.")
final class OrtuneCommand implements Runnable {

    @Spec private CommandSpec spec;

    private OrtuneCommand() {}

    /** The whole command line. */
    static CommandLine line(Workshop workshop, ServiceLauncher launcher) {
        return new CommandLine(new OrtuneCommand())
                .addSubcommand(new QuickstartCommand(workshop, launcher))
                .addSubcommand(new CheckCommand(workshop))
                .addSubcommand(new TrainCommand(workshop))
                .addSubcommand(new PredictCommand(workshop))
                .addSubcommand(new ServeCommand(launcher))
                .addSubcommand(keys(workshop))
                .addSubcommand(new ExportCommand(workshop.console(), workshop.environment()))
                .addSubcommand(new DoctorCommand(workshop))
                .addSubcommand(new CommandLine.HelpCommand())
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    /**
     * The command line of a program that is told to serve: the others would only make its start longer.
     */
    static CommandLine serving(ServiceLauncher launcher) {
        return new CommandLine(new OrtuneCommand())
                .addSubcommand(new ServeCommand(launcher))
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    private static CommandLine keys(Workshop workshop) {
        return new CommandLine(new KeysCommand())
                .addSubcommand(new CreateKeyCommand(workshop))
                .addSubcommand(new ListKeysCommand(workshop))
                .addSubcommand(new RevokeKeyCommand(workshop));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command.");
    }

    /** The program's version. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            BuildInfo build = BuildInfo.read();
            return new String[] {
                "ortune " + build.ortuneVersion() + ", ONNX Runtime " + build.onnxRuntimeVersion()
            };
        }
    }
}
