package dev.ortune.encoder;

/**
 * A text on its way through an encoder.
 *
 * @param tokens its token ids, at least one; not to be changed
 * @param adapter whose logits are wanted; open until the run ends
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; thousands pass per second.
public record EncodedText(int[] tokens, ResidentAdapter adapter) {}
