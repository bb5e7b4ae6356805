package dev.ortune.bench.serve;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ortune.bench.serve.load.HttpAnswer;
import dev.ortune.bench.serve.load.HttpRequest;
import dev.ortune.bench.serve.load.ServerProcess;
import dev.ortune.bench.serve.load.Work;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Publishes and deletes adapters. Guests come, are asked once and go; the lasting models get a new
 * version each time, and lose the one before it, while the load asks for them. For one thread.
 */
final class Publisher implements Runnable {

    private static final Duration REST = Duration.ofMillis(200);
    private static final int TOO_MANY_REQUESTS = 429;

    private final ServerProcess server;
    private final List<byte[]> archives;
    private final TextSet texts;
    private final List<String> lasting;
    private final Map<String, String> versions = new HashMap<>();
    private final SortedMap<Integer, Long> statuses = new TreeMap<>();
    private volatile boolean ended;

    /**
     * A publisher that has done nothing yet.
     *
     * @param archives zip archives of adapters, taken in turn
     * @param lasting the names of the models that stay
     */
    Publisher(ServerProcess server, List<byte[]> archives, TextSet texts, List<String> lasting) {
        this.server = server;
        this.archives = archives;
        this.texts = texts;
        this.lasting = lasting;
    }

    /** Publishes each lasting model once; to be called before the load begins. */
    void publishLasting() {
        for (int model = 0; model < lasting.size(); model++) {
            renew(lasting.get(model), model);
        }
    }

    @Override
    public void run() {
        for (int turn = 0; !ended; turn++) {
            String guest = "guest-" + turn;
            send(publication(guest, turn));
            send(Requests.forOne(Side.ORTUNE, guest, texts.only(turn)).apply(0).bytes());
            send(HttpRequest.of("DELETE", "/v1/models/" + guest));
            renew(lasting.get(turn % lasting.size()), turn);
            rest();
        }
    }

    /** The run ends after the turn under way. */
    void end() {
        ended = true;
    }

    /** How many requests got which status; to be read after the run. */
    SortedMap<Integer, Long> statuses() {
        return statuses;
    }

    /** How many requests got neither a success nor 429. */
    long failures() {
        return statuses.entrySet().stream()
                .filter(entry -> entry.getKey() / 100 != 2 && entry.getKey() != TOO_MANY_REQUESTS)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private void renew(String model, int turn) {
        HttpAnswer answer = send(publication(model, turn));
        String version = version(answer);
        String before = version.isEmpty() ? "" : versions.getOrDefault(model, "");
        if (!version.isEmpty()) {
            versions.put(model, version);
        }
        if (!before.isEmpty()) {
            send(HttpRequest.of("DELETE", "/v1/models/" + model + "/versions/" + before));
        }
    }

    private byte[] publication(String model, int turn) {
        return HttpRequest.post(
                "/v1/models/" + model + "/versions",
                "application/zip",
                archives.get(turn % archives.size()));
    }

    private HttpAnswer send(byte[] request) {
        HttpAnswer answer;
        try {
            answer = server.send(request);
        } catch (IOException e) {
            answer = new HttpAnswer(Work.NO_ANSWER, new byte[0]);
        }
        statuses.merge(answer.status(), 1L, Long::sum);
        return answer;
    }

    /** The version's number in the answer; empty where there is none. */
    private static String version(HttpAnswer answer) {
        try {
            return answer.status() / 100 == 2
                    ? JsonMapper.builder()
                            .build()
                            .readTree(answer.body())
                            .path("version")
                            .asText("")
                    : "";
        } catch (IOException e) {
            return "";
        }
    }

    private void rest() {
        try {
            Thread.sleep(REST.toMillis());
        } catch (InterruptedException e) {
            ended = true;
            Thread.currentThread().interrupt();
        }
    }
}
