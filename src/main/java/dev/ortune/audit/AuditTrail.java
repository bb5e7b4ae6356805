package dev.ortune.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Writes events down beside the requests, in their order: to the log (category {@code ortune.audit})
 * and to the database. Requests never wait; should the database be away for so long that the waiting
 * events are too many, the oldest stay and new ones are in the log only.
 *
 * <p>Any thread may record; one of its own writes.
 */
public final class AuditTrail implements AutoCloseable {

    private static final int MOST_WAITING = 10_000;
    private static final int MOST_AT_ONCE = 100;
    private static final long PAUSE_MILLIS = 500;
    private static final long LONGEST_CLOSE_MILLIS = 5_000;
    private static final Logger LOG = Logger.getLogger("ortune.audit");

    private final AuditLog log;
    private final BlockingQueue<AuditEvent> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Thread writer;
    private volatile boolean isClosing;

    /** Starts its thread. */
    public AuditTrail(AuditLog log) {
        this.log = log;
        this.writer = new Thread(this::write, "ortune-audit");
        writer.setDaemon(true);
        writer.start();
    }

    /** Records an event. */
    public void record(AuditEvent event) {
        LOG.info("audit: " + event.line());
        if (!waiting.offer(event)) {
            LOG.error("An event did not get into the database: too many wait for it");
        }
    }

    /** Writes what waits, for a few seconds at most. */
    @Override
    public void close() {
        isClosing = true;
        try {
            writer.join(LONGEST_CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!waiting.isEmpty()) {
            LOG.errorf("%d events did not get into the database", waiting.size());
        }
    }

    private void write() {
        List<AuditEvent> batch = new ArrayList<>();
        try {
            while (!(isClosing && waiting.isEmpty())) {
                AuditEvent first = waiting.poll(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    waiting.drainTo(batch, MOST_AT_ONCE - 1);
                    writeUntilDone(batch);
                    batch.clear();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeUntilDone(List<AuditEvent> batch) throws InterruptedException {
        boolean isTold = false;
        while (true) {
            try {
                log.add(batch);
                return;
            } catch (RuntimeException e) {
                if (isClosing) {
                    LOG.errorf("%d events did not get into the database", batch.size());
                    return;
                }
                if (!isTold) {
                    LOG.error("Events cannot be written to the database; they wait", e);
                    isTold = true;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }
}
