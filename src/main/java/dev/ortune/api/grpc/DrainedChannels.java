package dev.ortune.api.grpc;

import dev.ortune.drain.Drain;
import io.netty.channel.Channel;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Has gRPC's clients leave once the process has been told to end, and lets their calls end before
 * anything that answers them is taken apart. Quarkus does so for HTTP only.
 *
 * <p>A connection that is closed is not cut: gRPC's server says GOAWAY, answers what was sent until the
 * client has heard of it, and then closes. The client connects again, to wherever it is led.
 */
@Singleton
final class DrainedChannels {

    private static final Logger LOG = Logger.getLogger(DrainedChannels.class);
    private static final int BEFORE_OTHERS = 1;
    private static final Duration BETWEEN = Duration.ofMillis(200);

    private final Vertx vertx;
    private final Drain drain;
    private final int port;
    private final Duration longest;
    private volatile long begin;

    DrainedChannels(
            Vertx vertx,
            Drain drain,
            @ConfigProperty(name = "quarkus.grpc.server.port") int port,
            @ConfigProperty(name = "quarkus.shutdown.delay") Optional<Duration> delay,
            @ConfigProperty(name = "quarkus.shutdown.timeout") Optional<Duration> timeout) {
        this.vertx = vertx;
        this.drain = drain;
        this.port = port;
        this.longest = delay.orElse(Duration.ZERO).plus(timeout.orElse(Duration.ZERO));
    }

    void start(@Observes StartupEvent event) {
        drain.whenBegun(this::begin);
    }

    /** Who connects meanwhile leaves as well. */
    private void begin() {
        begin = System.nanoTime();
        vertx.setPeriodic(1, BETWEEN.toMillis(), timer -> leave());
    }

    /** Waits for the calls, no longer than HTTP's requests had. */
    void stop(@Observes @Priority(BEFORE_OTHERS) ShutdownEvent event) throws InterruptedException {
        if (!drain.hasBegun()) {
            return;
        }
        long end = begin + longest.toNanos();
        while (System.nanoTime() - end < 0 && count() > 0) {
            Thread.sleep(BETWEEN.toMillis());
        }
    }

    /** Until Vert.x ends, which ends its loops one by one: one that has ended holds no connections. */
    private void leave() {
        for (EventExecutor loop : vertx.nettyEventLoopGroup()) {
            try {
                loop.execute(() -> connections(loop).forEach(Channel::close));
            } catch (RejectedExecutionException e) {
                LOG.debugf(e, "No connections to close: %s has ended", loop);
            }
        }
    }

    private int count() throws InterruptedException {
        int count = 0;
        for (EventExecutor loop : vertx.nettyEventLoopGroup()) {
            try {
                count += loop.submit(() -> connections(loop).size()).get();
            } catch (ExecutionException e) {
                LOG.warn("gRPC's connections could not be counted", e);
            }
        }
        return count;
    }

    /** Those of one loop, which calls this itself. */
    private List<Channel> connections(EventExecutor loop) {
        List<Channel> found = new ArrayList<>();
        if (loop instanceof SingleThreadEventLoop registry) {
            registry.registeredChannelsIterator()
                    .forEachRemaining(
                            channel -> {
                                if (isOurs(channel)) {
                                    found.add(channel);
                                }
                            });
        }
        return found;
    }

    private boolean isOurs(Channel channel) {
        if (channel.parent() == null) {
            return false;
        }
        SocketAddress address = channel.parent().localAddress();
        return address instanceof InetSocketAddress internet && internet.getPort() == port;
    }
}
