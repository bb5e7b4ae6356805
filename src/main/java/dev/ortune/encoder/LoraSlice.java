package dev.ortune.encoder;

/**
 * Where one layer's update lies in an adapter's block, in values.
 *
 * @param loraA first value of A {@code [rank, in]}
 * @param loraB first value of Bᵀ · alpha / rank, {@code [rank, out]}
 */
record LoraSlice(long loraA, long loraB) {}
