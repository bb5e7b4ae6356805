package dev.ortune.base;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ortune.io.Sha256;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * A hub with one repository and the storage host it redirects large files to, on two ports of the
 * loopback address; speaks the part of the protocol that huggingface_hub's downloads use.
 */
final class FakeHub implements AutoCloseable {

    static final String COMMIT = "12040accade4e8a0f71eabdb258fecc2e7e948be";

    /** One request as it arrived. */
    record Seen(
            String method, String path, Optional<String> authorization, Optional<String> range) {}

    /** Answers one request in place of the regular answer. */
    @FunctionalInterface
    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private final String repository;
    private final Map<String, byte[]> files = new TreeMap<>();
    private final Map<String, Deque<Answer>> prepared = new ConcurrentHashMap<>();
    private final Map<String, String> announcedTags = new ConcurrentHashMap<>();
    private final Map<String, Long> announcedSizes = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer hub;
    private final HttpServer storage;

    final List<Seen> hubRequests = new CopyOnWriteArrayList<>();
    final List<Seen> storageRequests = new CopyOnWriteArrayList<>();

    FakeHub(String repository) throws IOException {
        this.repository = repository;
        this.hub = server(hubRequests, this::answerAsHub);
        this.storage = server(storageRequests, this::answerAsStorage);
    }

    /** A small model with the usual files, 300,000 bytes of weights among them. */
    static FakeHub withModel(String repository) throws IOException {
        FakeHub fake = new FakeHub(repository);
        fake.publish(
                "config.json", "{\"model_type\": \"distilbert\"}".getBytes(StandardCharsets.UTF_8));
        fake.publish("tokenizer.json", "{\"version\": \"1.0\"}".getBytes(StandardCharsets.UTF_8));
        fake.publish("vocab.txt", "[PAD]\n[UNK]\n".getBytes(StandardCharsets.UTF_8));
        fake.publish("README.md", "not wanted".getBytes(StandardCharsets.UTF_8));
        fake.publish("model.safetensors", pattern(300_000));
        return fake;
    }

    static byte[] pattern(int length) {
        byte[] bytes = new byte[length];
        new java.util.Random(length).nextBytes(bytes);
        return bytes;
    }

    void publish(String name, byte[] content) {
        files.put(name, content);
    }

    void withdraw(String name) {
        files.remove(name);
    }

    byte[] content(String name) {
        return files.get(name);
    }

    /** Announces this entity tag, whatever the content. */
    void announceTag(String name, String tag) {
        announcedTags.put(name, tag);
    }

    void announceSize(String name, long bytes) {
        announcedSizes.put(name, bytes);
    }

    /** The next GETs of this path (on the hub or the storage host) are answered like this. */
    void prepare(String path, Answer... answers) {
        prepared.computeIfAbsent(path, p -> new ArrayDeque<>()).addAll(List.of(answers));
    }

    static String revisionPath(String repository) {
        return "/api/models/" + repository + "/revision/main";
    }

    static String storagePath(String file) {
        return "/storage/" + file;
    }

    static Answer status(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }

    /** Promises the whole file and hangs up after so many bytes. */
    Answer brokenAfter(String file, int bytes) {
        return exchange -> {
            byte[] content = content(file);
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content, 0, bytes);
            exchange.getResponseBody().flush();
        };
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + hub.getAddress().getPort());
    }

    String tag(String name) {
        return announcedTags.getOrDefault(
                name, isLarge(name) ? sha256(content(name)) : gitBlobSha1(content(name)));
    }

    long downloads(String file) {
        return storageRequests.stream().filter(s -> s.path().equals(storagePath(file))).count();
    }

    @Override
    public void close() {
        hub.stop(0);
        storage.stop(0);
        threads.shutdownNow();
    }

    private HttpServer server(List<Seen> log, Answer answer) throws IOException {
        HttpServer server =
                HttpServer.create(
                        new InetSocketAddress(
                                InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0),
                        0);
        server.setExecutor(threads);
        server.createContext(
                "/",
                exchange -> {
                    Headers headers = exchange.getRequestHeaders();
                    String path = exchange.getRequestURI().getPath();
                    log.add(
                            new Seen(
                                    exchange.getRequestMethod(),
                                    path,
                                    Optional.ofNullable(headers.getFirst("Authorization")),
                                    Optional.ofNullable(headers.getFirst("Range"))));
                    try (exchange) {
                        next(exchange, path).orElse(answer).to(exchange);
                    }
                });
        server.start();
        return server;
    }

    private Optional<Answer> next(HttpExchange exchange, String path) {
        Deque<Answer> answers = prepared.get(path);
        if (answers == null || !exchange.getRequestMethod().equals("GET")) {
            return Optional.empty();
        }
        synchronized (answers) {
            return Optional.ofNullable(answers.poll());
        }
    }

    private void answerAsHub(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String resolve = "/" + repository + "/resolve/" + COMMIT + "/";
        if (path.equals(revisionPath(repository))) {
            String siblings =
                    files.keySet().stream()
                            .map(name -> "{\"rfilename\": \"" + name + "\"}")
                            .collect(Collectors.joining(", "));
            String json = "{\"sha\": \"" + COMMIT + "\", \"siblings\": [" + siblings + "]}";
            send(exchange, 200, json.getBytes(StandardCharsets.UTF_8), 0);
        } else if (path.startsWith(resolve)
                && files.containsKey(path.substring(resolve.length()))) {
            answerFile(exchange, path.substring(resolve.length()));
        } else {
            exchange.sendResponseHeaders(404, -1);
        }
    }

    private void answerFile(HttpExchange exchange, String file) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        byte[] content = content(file);
        headers.set("X-Repo-Commit", COMMIT);
        if (isLarge(file)) {
            headers.set("X-Linked-Etag", '"' + tag(file) + '"');
            headers.set(
                    "X-Linked-Size",
                    String.valueOf(announcedSizes.getOrDefault(file, (long) content.length)));
            headers.set("ETag", "\"somewhere-else\"");
            headers.set(
                    "Location",
                    "http://127.0.0.1:" + storage.getAddress().getPort() + storagePath(file));
            exchange.sendResponseHeaders(302, -1);
        } else {
            headers.set("ETag", "W/\"" + tag(file) + '"');
            send(exchange, 200, content, 0);
        }
    }

    private void answerAsStorage(HttpExchange exchange) throws IOException {
        byte[] content =
                content(exchange.getRequestURI().getPath().substring("/storage/".length()));
        String range = exchange.getRequestHeaders().getFirst("Range");
        if (range == null) {
            send(exchange, 200, content, 0);
            return;
        }
        int start = Integer.parseInt(range.replace("bytes=", "").replace("-", ""));
        if (start >= content.length) {
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        exchange.getResponseHeaders()
                .set(
                        "Content-Range",
                        "bytes " + start + "-" + (content.length - 1) + "/" + content.length);
        send(exchange, 206, content, start);
    }

    static void send(HttpExchange exchange, int status, byte[] content, int start)
            throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(content.length));
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, content.length - start);
        exchange.getResponseBody().write(content, start, content.length - start);
    }

    private static boolean isLarge(String file) {
        return file.endsWith(".safetensors") || file.endsWith(".onnx");
    }

    static String sha256(byte[] content) {
        MessageDigest digest = Sha256.newDigest();
        digest.update(content);
        return Sha256.hex(digest);
    }

    private static String gitBlobSha1(byte[] content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
