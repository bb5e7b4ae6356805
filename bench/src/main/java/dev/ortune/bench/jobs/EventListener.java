package dev.ortune.bench.jobs;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What one listener to a job's Server-Sent Events has heard: whether all events came, in their order. Reads
 * HTTP's chunks byte by byte. For one thread.
 */
final class EventListener {

    private static final String ID = "id:";
    private static final String DONE = "[DONE]";
    private static final int HEXADECIMAL = 16;

    private enum Place {
        HEAD,
        CHUNK_SIZE,
        CHUNK,
        AFTER_CHUNK
    }

    private final ByteArrayOutputStream frame = new ByteArrayOutputStream();
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private Place place = Place.HEAD;
    private String status = "";
    private int chunkLeft;
    private long last;
    private long gaps;
    private boolean done;

    /** Takes in what the connection brought. */
    void hear(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            hear(bytes.get());
        }
    }

    /** The number of the last event. */
    long last() {
        return last;
    }

    /** Events that did not come directly after the one before them. */
    long gaps() {
        return gaps;
    }

    /** Whether it was told that the job has ended. */
    boolean isDone() {
        return done;
    }

    /** HTTP's first line; empty before it has come. */
    String status() {
        return status;
    }

    private void hear(byte next) {
        if (place == Place.CHUNK && chunkLeft-- == 0) {
            place = Place.AFTER_CHUNK;
        }
        // An event may be cut by the border of two chunks, so its lines are kept apart.
        ByteArrayOutputStream line = place == Place.CHUNK ? text : frame;
        if (next != '\n') {
            if (next != '\r') {
                line.write(next);
            }
            return;
        }
        String whole = line.toString(StandardCharsets.UTF_8);
        line.reset();
        switch (place) {
            case HEAD -> head(whole);
            case CHUNK_SIZE -> {
                chunkLeft = Integer.parseInt(whole.split(";", 2)[0].trim(), HEXADECIMAL);
                place = Place.CHUNK;
            }
            case CHUNK -> event(whole);
            case AFTER_CHUNK -> place = Place.CHUNK_SIZE;
        }
    }

    private void head(String whole) {
        if (status.isEmpty()) {
            status = whole;
        } else if (whole.isEmpty()) {
            place = Place.CHUNK_SIZE;
        }
    }

    private void event(String whole) {
        if (whole.startsWith(ID)) {
            long number = Long.parseLong(whole.substring(whole.lastIndexOf('-') + 1).trim());
            if (number != last + 1) {
                gaps++;
            }
            last = number;
        } else if (whole.startsWith("data:") && whole.endsWith(DONE)) {
            done = true;
        }
    }
}
