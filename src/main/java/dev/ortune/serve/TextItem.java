package dev.ortune.serve;

import dev.ortune.batch.BatchItem;
import dev.ortune.encoder.EncodedText;
import dev.ortune.encoder.ResidentAdapter;
import dev.ortune.error.OrtuneException;

/** One window of one text of a call, on its way through the batcher. Thread-safe. */
final class TextItem implements BatchItem {

    private final PendingCall call;
    private final ServedBase base;
    private final int text;
    private final int window;
    private final EncodedText encoded;

    TextItem(
            PendingCall call,
            ServedBase base,
            int text,
            int window,
            int[] tokens,
            ResidentAdapter adapter) {
        this.call = call;
        this.base = base;
        this.text = text;
        this.window = window;
        this.encoded = new EncodedText(tokens, adapter);
    }

    @Override
    public Object owner() {
        return call.asked().tenant();
    }

    @Override
    public Object flow() {
        return call.asked();
    }

    @Override
    public Object group() {
        return base;
    }

    @Override
    public Object weights() {
        return encoded.adapter();
    }

    @Override
    public int weightRanks() {
        return encoded.adapter().rank();
    }

    @Override
    public int tokens() {
        return encoded.tokens().length;
    }

    @Override
    public boolean isAbandoned() {
        return call.isEnded();
    }

    @Override
    public void fail(OrtuneException reason) {
        call.fail(reason);
    }

    ServedBase base() {
        return base;
    }

    EncodedText encoded() {
        return encoded;
    }

    /** A run is about to read the adapter; false if nobody waits for it any more. */
    boolean begin() {
        return call.beginRun();
    }

    /** The run that {@link #begin} announced is over. */
    void end() {
        call.endRun();
    }

    /**
     * The text is computed.
     *
     * @param startNanos when its run began
     * @param endNanos when it was over
     */
    void complete(float[] logits, long startNanos, long endNanos) {
        call.complete(text, window, logits, startNanos, endNanos);
    }
}
