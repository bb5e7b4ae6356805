package dev.ortune.export.cli;

import dev.ortune.base.BaseModel;
import dev.ortune.base.BaseModelResolver;
import dev.ortune.base.BundledBase;
import dev.ortune.base.HubSettings;
import dev.ortune.base.OrtuneHome;
import dev.ortune.console.Console;
import dev.ortune.console.DownloadBar;
import dev.ortune.console.OutputOptions;
import dev.ortune.export.ArtifactsExporter;
import dev.ortune.export.BuildInfo;
import dev.ortune.export.ExportOptions;
import dev.ortune.export.ExportedArtifacts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ortune export}: a checkpoint to ONNX Runtime training artifacts. */
@Command(
        name = "export",
        header = "A base to ONNX Runtime training artifacts.",
        sortOptions = false,
        description =
                "Writes the ONNX graphs, checkpoint, weights and tokenizer that training needs into"
                        + " one folder, with a manifest. A folder that holds artifacts of the same"
                        + " base keeps its weights.")
public final class ExportCommand implements Callable<Integer> {

    private final Console console;
    private final Map<String, String> environment;

    @Option(
            names = "--base",
            paramLabel = "DIR|NAME",
            description =
                    "A model folder, a model on the hub, or "
                            + BundledBase.NAME
                            + " ("
                            + BaseModelResolver.DEFAULT_NAME
                            + ", or the bundled base where no hub answers).")
    private Optional<String> base = Optional.empty();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "The folder to write.")
    private Path out;

    @Option(
            names = "--labels",
            paramLabel = "N|NAMES",
            defaultValue = "2",
            description = "How many labels, or their names: a,b,c (${DEFAULT-VALUE}).")
    private String labels;

    @Mixin private ClassifierMixin classifier;

    @Option(
            names = "--max-length",
            paramLabel = "TOKENS",
            description = "The longest text in tokens, special ones included (the base's limit).")
    private Optional<Integer> maxLength = Optional.empty();

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Decides the new parameters and the dropout masks (${DEFAULT-VALUE}).")
    private long seed;

    @Mixin private OutputOptions output;

    /**
     * The command.
     *
     * @param console where it reports
     * @param environment the variables that say where hubs and caches are
     */
    public ExportCommand(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Integer call() {
        ExportOptions options =
                ExportOptions.of(
                        classifier.options(LabelNames.parse(labels)),
                        maxLength.map(OptionalInt::of).orElseGet(OptionalInt::empty),
                        seed);
        BaseModel source = resolve();
        long start = System.nanoTime();
        ExportedArtifacts artifacts =
                new ArtifactsExporter(BuildInfo.read()).export(source, options, out);
        ExportSummary.print(console, artifacts, Duration.ofNanos(System.nanoTime() - start));
        return 0;
    }

    private BaseModel resolve() {
        BaseModelResolver resolver =
                new BaseModelResolver(
                        HubSettings.fromEnvironment(environment),
                        new BundledBase(OrtuneHome.fromEnvironment(environment)),
                        new DownloadBar(console));
        return base.map(resolver::resolve)
                .orElseGet(() -> resolver.resolveDefault(console::notice));
    }
}
