package dev.ortune.bench.serve.load;

/**
 * A request for one text.
 *
 * @param bytes head and body; not to be changed
 * @param tokens of the text as the models cut it
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record TextRequest(byte[] bytes, int tokens) {}
