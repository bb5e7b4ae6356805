package dev.ortune.api.tuning;

import dev.ortune.cli.RunningService;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;

/**
 * Leads connections to replicas as a Service of Kubernetes does: a new one goes to the next replica that
 * was ready when it was last asked, and stays there until one side closes it.
 */
final class KubernetesService implements AutoCloseable {

    private static final Duration BETWEEN_PROBES = Duration.ofMillis(200);

    private final List<RunningService> replicas;
    private final Set<RunningService> ready = ConcurrentHashMap.newKeySet();
    private final AtomicInteger next = new AtomicInteger();
    private final ExecutorService threads =
            Executors.newCachedThreadPool(
                    task -> {
                        Thread made = new Thread(task, "service");
                        made.setDaemon(true);
                        return made;
                    });
    private final ServerSocket http;
    private final ServerSocket grpc;
    private volatile boolean isClosed;

    KubernetesService(List<RunningService> replicas) throws IOException {
        this.replicas = replicas;
        ready.addAll(replicas);
        http = lead(replica -> replica.http().getPort());
        grpc = lead(replica -> replica.grpc().port());
        threads.execute(this::probe);
    }

    int httpPort() {
        return http.getLocalPort();
    }

    int grpcPort() {
        return grpc.getLocalPort();
    }

    private ServerSocket lead(ToIntFunction<RunningService> port) throws IOException {
        ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(
                () -> {
                    while (!isClosed) {
                        try {
                            connect(socket.accept(), port);
                        } catch (IOException e) {
                            // Closed, or the replica is not there: the client sees a closed
                            // connection.
                        }
                    }
                });
        return socket;
    }

    private void connect(Socket client, ToIntFunction<RunningService> port) throws IOException {
        try {
            Socket replica =
                    new Socket(InetAddress.getLoopbackAddress(), port.applyAsInt(nextReady()));
            client.setTcpNoDelay(true);
            replica.setTcpNoDelay(true);
            threads.execute(() -> copy(client, replica));
            threads.execute(() -> copy(replica, client));
        } catch (IOException e) {
            client.close();
            throw e;
        }
    }

    private RunningService nextReady() throws IOException {
        List<RunningService> all = replicas.stream().filter(ready::contains).toList();
        if (all.isEmpty()) {
            throw new IOException("no replica is ready");
        }
        return all.get(Math.floorMod(next.getAndIncrement(), all.size()));
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            byte[] bytes = new byte[8192];
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                to.getOutputStream().write(bytes, 0, count);
            }
        } catch (IOException e) {
            // One side has gone, and with it the connection.
        }
    }

    private void probe() {
        HttpClient client = HttpClient.newHttpClient();
        while (!isClosed) {
            for (RunningService replica : replicas) {
                if (isReady(client, replica.http().resolve("/q/health/ready"))) {
                    ready.add(replica);
                } else {
                    ready.remove(replica);
                }
            }
            try {
                Thread.sleep(BETWEEN_PROBES.toMillis());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static boolean isReady(HttpClient client, URI address) {
        try {
            return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        isClosed = true;
        http.close();
        grpc.close();
        threads.shutdownNow();
    }
}
