package dev.ortune.api.fuzz;

import dev.ortune.api.fuzz.ApiDocument.Operation;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Requests to one service, one after the other, and what was wrong with the answers. */
final class FuzzRun {

    private static final Path FOLDER = Path.of("target/fuzz");
    private static final int SHOWN_CHARACTERS = 1000;

    private final RawClient client;
    private final long seed;
    private final ApiDocument document;
    private final Map<String, Map<Integer, Integer>> statuses = new TreeMap<>();
    private final Map<String, String> findings = new TreeMap<>();
    private long asked;

    /**
     * A run against a service, which is asked for its OpenAPI document.
     *
     * @param seed of what is asked, to be told with what is found
     */
    FuzzRun(int port, long seed) throws IOException {
        this.client = new RawClient(port);
        this.seed = seed;
        this.document =
                ApiDocument.parse(
                        client.send(
                                        new RawRequest(
                                                "GET",
                                                "/q/openapi?format=json",
                                                List.of(),
                                                new byte[0]))
                                .text());
    }

    /** What the service says that one can ask. */
    ApiDocument document() {
        return document;
    }

    /** One of the document's operations. */
    Operation operation(String method, String path) {
        return document.operations().stream()
                .filter(one -> one.toString().equals(method + " " + path))
                .findFirst()
                .orElseThrow();
    }

    /** Statuses that came, and how often, by operation. */
    Map<String, Map<Integer, Integer>> statuses() {
        return statuses;
    }

    /** What was wrong, each kind once, to be read. */
    List<String> findings() {
        return new ArrayList<>(findings.values());
    }

    /** Sends a request and looks at the answer. */
    RawAnswer ask(Operation operation, RawRequest request) throws IOException {
        asked++;
        RawAnswer answer = answer(request);
        statuses.computeIfAbsent(operation.toString(), it -> new TreeMap<>())
                .merge(answer.status(), 1, Integer::sum);
        Optional<String> fault = AnswerRules.fault(operation, request, answer);
        if (fault.isPresent()) {
            String kind = operation + ": " + fault.get();
            if (!findings.containsKey(kind)) {
                findings.put(kind, finding(kind, request, answer));
            }
        }
        return answer;
    }

    private RawAnswer answer(RawRequest request) throws IOException {
        try {
            return client.send(request);
        } catch (SocketTimeoutException e) {
            return RawAnswer.NONE;
        }
    }

    private String finding(String kind, RawRequest request, RawAnswer answer) throws IOException {
        Files.createDirectories(FOLDER);
        Path file = FOLDER.resolve("seed-" + seed + "-request-" + asked + ".http");
        Files.write(file, request.bytes());
        String text = answer.text();
        return """
        %s
        in request %d of -Dortune.fuzz.seed=%d, byte for byte in src/%s, for nc 127.0.0.1 PORT:
        %s
        --- answered %d %s
        %s
        """
                .formatted(
                        kind,
                        asked,
                        seed,
                        file,
                        request,
                        answer.status(),
                        answer.mediaType(),
                        text.length() > SHOWN_CHARACTERS
                                ? text.substring(0, SHOWN_CHARACTERS) + "…"
                                : text);
    }
}
