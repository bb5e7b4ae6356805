package dev.ortune.api.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ortune.drain.Drain;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetServer;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real Vert.x with a server and its clients. */
class DrainedChannelsTest {

    private static final String HOST = "127.0.0.1";
    private static final int LOOPS = 4;
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Drain drain = new Drain();
    private final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Context> server = new CompletableFuture<>();
    private Vertx vertx;
    private int port;

    @BeforeEach
    void start() throws Exception {
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS));
        vertx.exceptionHandler(faults::add);
        NetServer listening =
                vertx.createNetServer()
                        .connectHandler(socket -> server.complete(vertx.getOrCreateContext()));
        port =
                listening
                        .listen(0, HOST)
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get()
                        .actualPort();
        new DrainedChannels(vertx, drain, port, Optional.of(LONGEST), Optional.empty())
                .start(new StartupEvent());
    }

    /** Not waited for: a Vert.x that has lost a loop never says that it has closed. */
    @AfterEach
    void stop() {
        vertx.close();
    }

    @Test
    void whoeverIsConnectedLeaves() throws Exception {
        try (Socket client = connected()) {
            drain.begin();

            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void whoConnectsMeanwhileLeavesAsWell() throws Exception {
        drain.begin();

        try (Socket client = connected()) {
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void thatOneLoopHasEndedKeepsNobodyOfTheOthers() throws Exception {
        try (Socket client = connected()) {
            Context living = server.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
            endAllLoopsBut(living);

            living.runOnContext(nothing -> drain.begin());

            assertThat(client.getInputStream().read()).isEqualTo(-1);
            assertThat(faults).isEmpty();
        }
    }

    private void endAllLoopsBut(Context living) throws Exception {
        CompletableFuture<EventExecutor> found = new CompletableFuture<>();
        living.runOnContext(
                nothing -> {
                    for (EventExecutor loop : vertx.nettyEventLoopGroup()) {
                        if (loop.inEventLoop()) {
                            found.complete(loop);
                        }
                    }
                });
        EventExecutor kept = found.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        for (EventExecutor loop : vertx.nettyEventLoopGroup()) {
            if (loop != kept) {
                loop.shutdownGracefully(0, LONGEST.toSeconds(), TimeUnit.SECONDS).get();
            }
        }
    }

    private Socket connected() throws IOException {
        Socket client = new Socket(HOST, port);
        client.setSoTimeout((int) LONGEST.toMillis());
        return client;
    }
}
