package dev.ortune.bench.jobs;

import dev.ortune.bench.serve.load.HttpRequest;
import dev.ortune.error.InternalException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Listeners to a job's events, a connection each, on one thread: they take as little of the processors as
 * can be.
 */
final class EventListeners implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final Duration LOOK = Duration.ofMillis(500);

    private final Selector selector;
    private final List<SocketChannel> channels = new ArrayList<>();
    private final List<EventListener> listeners = new ArrayList<>();
    private final Thread thread;
    private volatile boolean closing;
    private volatile int open;

    private EventListeners(Selector selector) {
        this.selector = selector;
        this.thread = new Thread(this::listen, "event-listeners");
    }

    /**
     * Connects them all.
     *
     * @throws InternalException when the service does not take so many
     */
    static EventListeners connect(int port, String jobId, int count) {
        try {
            EventListeners all = new EventListeners(Selector.open());
            for (int i = 0; i < count; i++) {
                all.add(port, jobId);
            }
            all.open = count;
            all.thread.start();
            return all;
        } catch (IOException e) {
            throw new InternalException("Not all listeners could connect.", e);
        }
    }

    /** Waits until the service has ended every stream; what they heard. */
    List<EventListener> awaitEnd(Duration patience) {
        Pause.until("the end of " + listeners.size() + " streams", patience, () -> open == 0);
        return listeners;
    }

    private void add(int port, String jobId) throws IOException {
        SocketChannel channel =
                SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channels.add(channel);
        ByteBuffer request =
                ByteBuffer.wrap(
                        HttpRequest.of(
                                "GET",
                                "/v1/fine_tuning/jobs/" + jobId + "/events",
                                Map.of("Accept", "text/event-stream", "Connection", "close")));
        while (request.hasRemaining()) {
            channel.write(request);
        }
        channel.configureBlocking(false);
        EventListener listener = new EventListener();
        listeners.add(listener);
        channel.register(selector, SelectionKey.OP_READ, listener);
    }

    private void listen() {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        try {
            while (!closing && open > 0) {
                selector.select(key -> read(key, buffer), LOOK.toMillis());
            }
        } catch (IOException e) {
            throw new InternalException("The listeners cannot be read.", e);
        }
    }

    private void read(SelectionKey key, ByteBuffer buffer) {
        EventListener listener = (EventListener) key.attachment();
        try {
            buffer.clear();
            int count = ((SocketChannel) key.channel()).read(buffer);
            listener.hear(buffer.flip());
            if (count < 0) {
                end(key);
            }
        } catch (IOException e) {
            end(key);
        }
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // Only this thread writes.
    private void end(SelectionKey key) {
        key.cancel();
        open--;
    }

    @Override
    public void close() {
        closing = true;
        selector.wakeup();
        try {
            thread.join();
            for (SocketChannel channel : channels) {
                channel.close();
            }
            selector.close();
        } catch (IOException e) {
            throw new InternalException("The listeners could not be closed.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
