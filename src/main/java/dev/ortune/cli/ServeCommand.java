package dev.ortune.cli;

import dev.ortune.console.OutputOptions;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.graph.Precision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ortune serve}: the service, until it is told to stop. */
@Command(
        name = "serve",
        header = "Adapters over HTTP and gRPC.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Serves adapters over HTTP and gRPC until Ctrl-C or SIGTERM. Without --model, what the",
            "configuration names (ORTUNE_MODEL_DIRECTORY, ORTUNE_MODELS_<NAME>)."
        })
final class ServeCommand implements Callable<Integer> {

    private final ServiceLauncher launcher;

    @Option(
            names = "--model",
            paramLabel = "[NAME=]DIR",
            description = "An adapter folder, by its folder's name or a given one; repeatable.")
    private List<String> models = List.of();

    @Option(
            names = "--base",
            paramLabel = "DIR|NAME",
            description = "The base, in place of the one that the adapters name.")
    private Optional<String> base = Optional.empty();

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description =
                    "The address to listen on (127.0.0.1; QUARKUS_HTTP_HOST,"
                            + " QUARKUS_GRPC_SERVER_HOST).")
    private Optional<String> host = Optional.empty();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "The port to listen on (8080; QUARKUS_HTTP_PORT).")
    private Optional<Integer> port = Optional.empty();

    @Option(
            names = "--grpc-port",
            paramLabel = "PORT",
            description = "The port of gRPC (9000; QUARKUS_GRPC_SERVER_PORT).")
    private Optional<Integer> grpcPort = Optional.empty();

    @Option(
            names = "--precision",
            paramLabel = "NAME",
            description = "float32, or int8: faster, less exact (ORTUNE_PRECISION).")
    private Optional<String> precision = Optional.empty();

    @Option(
            names = "--until-ready",
            description = "End as soon as requests could be answered: a check, or a rehearsal.")
    private boolean untilReady;

    @Mixin private ThreadsMixin threads = new ThreadsMixin();
    @Mixin private DeviceMixin device = new DeviceMixin();
    @Mixin private OutputOptions output;

    ServeCommand(ServiceLauncher launcher) {
        this.launcher = launcher;
    }

    @Override
    public Integer call() {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String model : models) {
            NamedFolder named = NamedFolder.parse(model);
            String key = "ortune.models.\"" + named.name() + "\"";
            if (settings.put(key, named.folder().toString()) != null) {
                throw new InvalidInputException(
                        ErrorCode.INVALID_OPTION,
                        "--model gives the name " + named.name() + " twice.",
                        "Give one of them another name: --model NAME=DIR.");
            }
        }
        base.ifPresent(value -> settings.put("ortune.base", value));
        host.ifPresent(
                value -> {
                    settings.put("quarkus.http.host", value);
                    settings.put("quarkus.grpc.server.host", value);
                });
        port.ifPresent(value -> settings.put("quarkus.http.port", HttpPort.setting(value)));
        grpcPort.ifPresent(
                value ->
                        settings.put(
                                "quarkus.grpc.server.port",
                                HttpPort.setting("--grpc-port", value)));
        settings.put("ortune.threads", Integer.toString(threads.threads()));
        precision.ifPresent(
                value ->
                        settings.put(
                                "ortune.precision",
                                Precision.parse(value, "--precision").optionName()));
        if (untilReady) {
            settings.put("ortune.until-ready", "true");
        }
        device.given().ifPresent(request -> settings.put("ortune.device", request.word()));
        return launcher.run(settings, List.of());
    }
}
