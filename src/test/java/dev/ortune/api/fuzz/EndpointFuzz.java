package dev.ortune.api.fuzz;

import dev.ortune.api.fuzz.ApiDocument.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Asks a service whatever its OpenAPI document lets one think of, one request after the other. */
final class EndpointFuzz {

    private static final Path FOLDER = Path.of("target/fuzz");

    private final RawClient client;
    private final long seed;
    private final ApiDocument document;
    private final KnownNames names;
    private final Draw draw;
    private final RequestDraw requests;
    private final Map<String, Map<Integer, Integer>> statuses = new TreeMap<>();

    /**
     * A run.
     *
     * @param files parts of forms that would be taken
     * @param archives bodies that would be taken
     * @param names what is known beforehand
     */
    EndpointFuzz(
            int port, long seed, List<RowsDraw.File> files, List<byte[]> archives, KnownNames names)
            throws IOException {
        this.client = new RawClient(port);
        this.seed = seed;
        this.names = names;
        this.draw = new Draw(seed);
        this.document =
                ApiDocument.parse(
                        client.send(
                                        new RawRequest(
                                                "GET",
                                                "/q/openapi?format=json",
                                                List.of(),
                                                new byte[0]))
                                .text());
        this.requests = new RequestDraw(document, names, draw, files, archives);
    }

    /** What the service says that one can ask. */
    ApiDocument document() {
        return document;
    }

    /** Statuses that came, and how often, by operation. */
    Map<String, Map<Integer, Integer>> statuses() {
        return statuses;
    }

    /**
     * Asks.
     *
     * @return what was wrong, each kind once, to be read
     */
    List<String> run(long count) throws IOException {
        Map<String, String> findings = new TreeMap<>();
        for (long number = 1; number <= count; number++) {
            Operation operation = draw.of(document.operations());
            RawRequest request = requests.next(operation);
            RawAnswer answer = answer(request);
            statuses.computeIfAbsent(operation.toString(), it -> new TreeMap<>())
                    .merge(answer.status(), 1, Integer::sum);
            if (answer.status() / 100 == 2) {
                AnswerRules.parsed(answer).ifPresent(body -> names.harvest(operation.path(), body));
            }
            Optional<String> fault = AnswerRules.fault(operation, request, answer);
            if (fault.isPresent()) {
                String kind = operation + ": " + fault.get();
                if (!findings.containsKey(kind)) {
                    findings.put(kind, finding(number, kind, request, answer));
                }
            }
        }
        return new ArrayList<>(findings.values());
    }

    private RawAnswer answer(RawRequest request) throws IOException {
        try {
            return client.send(request);
        } catch (java.net.SocketTimeoutException e) {
            return RawAnswer.NONE;
        }
    }

    private String finding(long number, String kind, RawRequest request, RawAnswer answer)
            throws IOException {
        Files.createDirectories(FOLDER);
        Path file = FOLDER.resolve("seed-" + seed + "-request-" + number + ".http");
        Files.write(file, request.bytes());
        String text = answer.text();
        return """
        %s
        in request %d of -Dortune.fuzz.seed=%d, byte for byte in src/%s for nc 127.0.0.1 PORT:
        %s
        --- answered %d %s
        %s
        """
                .formatted(
                        kind,
                        number,
                        seed,
                        file,
                        request,
                        answer.status(),
                        answer.mediaType(),
                        text.length() > 1000 ? text.substring(0, 1000) + "…" : text);
    }
}
