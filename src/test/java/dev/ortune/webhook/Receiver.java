package dev.ortune.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A real web server on this machine that writes down what it is sent. */
public final class Receiver implements AutoCloseable {

    /** What came in; header names in lower case. */
    public record Received(
            String method, String target, Map<String, List<String>> headers, String body) {
        public String header(String name) {
            return headers.get(name).get(0);
        }
    }

    /** How it answers; the number counts requests to the path, from 1. */
    @FunctionalInterface
    public interface Answer {
        void to(HttpExchange exchange, int number) throws IOException;
    }

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    public Receiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    /** The address of a path that answers so. */
    public String at(String path, Answer answer) {
        AtomicInteger number = new AtomicInteger();
        server.createContext(
                path,
                exchange -> {
                    received.add(read(exchange));
                    answer.to(exchange, number.incrementAndGet());
                });
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** The address of a path that answers with these one after the other, and then with the last. */
    public String answering(String path, int... statuses) {
        return at(
                path,
                (exchange, number) -> {
                    exchange.sendResponseHeaders(
                            statuses[Math.min(number, statuses.length) - 1], -1);
                    exchange.close();
                });
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** What came to a path, in its order. */
    public List<Received> to(String path) {
        return received.stream().filter(one -> one.target().startsWith(path)).toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static Received read(HttpExchange exchange) throws IOException {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(exchange.getRequestHeaders());
        return new Received(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                headers,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }
}
