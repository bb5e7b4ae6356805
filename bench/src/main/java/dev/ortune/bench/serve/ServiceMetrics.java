package dev.ortune.bench.serve;

import dev.ortune.bench.serve.load.HttpAnswer;
import dev.ortune.bench.serve.load.HttpRequest;
import dev.ortune.bench.serve.load.ServerProcess;
import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;

/** What the service tells Prometheus. */
final class ServiceMetrics {

    static final String NATIVE_HANDLES = "ortune_native_handles";

    private ServiceMetrics() {}

    /** The sum of a metric's series; empty when the service has none of that name. */
    static OptionalDouble read(ServerProcess server, String name) {
        try {
            HttpAnswer answer = server.send(HttpRequest.of("GET", "/q/metrics"));
            return answer.status() == HttpAnswer.OK
                    ? sum(answer.text(), name)
                    : OptionalDouble.empty();
        } catch (IOException e) {
            return OptionalDouble.empty();
        }
    }

    /** The same from Prometheus's text format. */
    static OptionalDouble sum(String exposition, String name) {
        List<Double> values =
                exposition
                        .lines()
                        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                        .map(line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)))
                        .toList();
        return values.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(values.stream().mapToDouble(value -> value).sum());
    }
}
