package dev.ortune.ort;

import dev.ortune.checkpoint.TensorShape;
import dev.ortune.graph.TextInputs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Lays ragged texts out as the graphs take them: flat tokens and the indices into attention. */
public final class TextBatch {

    /** Added to the scores of padded keys: its exponential is 0 in float32, without infinities. */
    private static final float HIDDEN = -1e9f;

    private TextBatch() {}

    /**
     * The text inputs of a batch.
     *
     * @param texts each text's token ids, none empty
     * @return {@link TextInputs} by name, training's included
     */
    public static Map<String, HostTensor> of(List<long[]> texts) {
        int batch = texts.size();
        int tokens = texts.stream().mapToInt(text -> text.length).sum();
        int positions = texts.stream().mapToInt(text -> text.length).max().orElseThrow();
        long[] inputIds = new long[tokens];
        long[] positionIds = new long[tokens];
        long[] padIndex = new long[batch * positions];
        long[] unpadIndex = new long[tokens];
        float[] attentionBias = new float[batch * positions];
        float[] slotMask = new float[batch * positions];
        long[] clsIndex = new long[batch];

        int token = 0;
        for (int row = 0; row < batch; row++) {
            long[] text = texts.get(row);
            if (text.length == 0) {
                throw new IllegalArgumentException("text " + row + " has no token");
            }
            clsIndex[row] = token;
            for (int position = 0; position < positions; position++) {
                int slot = row * positions + position;
                if (position < text.length) {
                    inputIds[token] = text[position];
                    positionIds[token] = position;
                    padIndex[slot] = token;
                    unpadIndex[token] = slot;
                    slotMask[slot] = 1;
                    token++;
                } else {
                    // A token of its own: another text's may be NaN, which 0 does not hide.
                    padIndex[slot] = clsIndex[row];
                    attentionBias[slot] = HIDDEN;
                }
            }
        }

        Map<String, HostTensor> inputs = new LinkedHashMap<>();
        inputs.put(TextInputs.INPUT_IDS, longs(inputIds, tokens));
        inputs.put(TextInputs.POSITION_IDS, longs(positionIds, tokens));
        inputs.put(TextInputs.PAD_INDEX, longs(padIndex, batch, positions));
        inputs.put(TextInputs.UNPAD_INDEX, longs(unpadIndex, tokens));
        inputs.put(TextInputs.ATTENTION_BIAS, floats(attentionBias, batch, 1, 1, positions));
        inputs.put(TextInputs.SLOT_MASK, floats(slotMask, batch, positions, 1));
        inputs.put(TextInputs.CLS_INDEX, longs(clsIndex, batch));
        return inputs;
    }

    /**
     * The text inputs of one text alone.
     *
     * @param text its token ids, not empty
     * @return those of {@link TextInputs} that say nothing about padding
     */
    public static Map<String, HostTensor> lone(long[] text) {
        if (text.length == 0) {
            throw new IllegalArgumentException("the text has no token");
        }
        Map<String, HostTensor> inputs = new LinkedHashMap<>();
        inputs.put(TextInputs.INPUT_IDS, longs(text, text.length));
        inputs.put(
                TextInputs.POSITION_IDS,
                longs(LongStream.range(0, text.length).toArray(), text.length));
        inputs.put(TextInputs.CLS_INDEX, longs(new long[1], 1));
        return inputs;
    }

    private static HostTensor longs(long[] values, long... shape) {
        return new HostTensor.Longs(TensorShape.of(shape), values);
    }

    private static HostTensor floats(float[] values, long... shape) {
        return new HostTensor.Floats(TensorShape.of(shape), values);
    }
}
