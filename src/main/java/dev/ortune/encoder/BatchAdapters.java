package dev.ortune.encoder;

import dev.ortune.checkpoint.TensorShape;
import dev.ortune.graph.AdapterPlan;
import dev.ortune.graph.LinearModule;
import dev.ortune.graph.ServingGraphs;
import dev.ortune.ort.FloatBlock;
import dev.ortune.ort.HostTensor;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The adapters of one batch as the encoder takes them: update matrices one below the other, and the
 * mask that gives each token its own adapter's.
 */
final class BatchAdapters {

    private final List<EncodedText> texts;
    private final Set<LinearModule> layers;
    private final boolean masked;
    private final Map<ResidentAdapter, Integer> firstRank = new LinkedHashMap<>();
    private final int ranks;

    /**
     * Lays ranks out.
     *
     * @param variant of the graph that takes them
     */
    BatchAdapters(List<EncodedText> texts, EncoderVariant variant) {
        this.texts = texts;
        this.layers = variant.adapted();
        this.masked = !variant.lone();
        int sum = 0;
        for (EncodedText text : texts) {
            if (firstRank.putIfAbsent(text.adapter(), sum) == null) {
                sum += text.adapter().rank();
            }
        }
        this.ranks = sum;
    }

    /** Values that {@link #inputs} needs room for. */
    long scratchValues() {
        if (lone().isPresent()) {
            return 0;
        }
        return layers.stream()
                .mapToLong(layer -> (layer.inputSize() + layer.outputSize()) * ranks)
                .sum();
    }

    /**
     * The encoder's inputs but for the texts.
     *
     * @param scratch holds the matrices until the run ends; at least {@link #scratchValues} values
     */
    Map<String, HostTensor> inputs(Optional<FloatBlock> scratch) {
        Map<String, HostTensor> inputs = new HashMap<>();
        if (layers.isEmpty()) {
            return inputs;
        }
        if (masked) {
            inputs.put(ServingGraphs.ADAPTER_MASK, mask());
        }
        Optional<ResidentAdapter> lone = lone();
        if (lone.isPresent()) {
            layers.forEach(layer -> addInPlace(inputs, layer, lone.get()));
            return inputs;
        }
        FloatBlock room = scratch.orElseThrow();
        long offset = 0;
        for (LinearModule layer : layers) {
            long loraB = offset + layer.inputSize() * ranks;
            for (Map.Entry<ResidentAdapter, Integer> entry : firstRank.entrySet()) {
                copy(entry.getKey(), layer, entry.getValue(), room, offset, loraB);
            }
            add(inputs, layer, room, offset, loraB);
            offset = loraB + layer.outputSize() * ranks;
        }
        return inputs;
    }

    /** The batch's one adapter, if it has but one and that changes every layer: nothing to copy. */
    private Optional<ResidentAdapter> lone() {
        return firstRank.keySet().stream()
                .filter(adapter -> firstRank.size() == 1 && adapter.modules().containsAll(layers))
                .findFirst();
    }

    private HostTensor mask() {
        int tokens = texts.stream().mapToInt(text -> text.tokens().length).sum();
        ByteBuffer mask = ByteBuffer.allocateDirect(Math.max(1, tokens * ranks));
        int token = 0;
        for (EncodedText text : texts) {
            int first = firstRank.get(text.adapter());
            for (int i = 0; i < text.tokens().length; i++) {
                for (int rank = first; rank < first + text.adapter().rank(); rank++) {
                    mask.put(token * ranks + rank, (byte) 1);
                }
                token++;
            }
        }
        return new HostTensor.Booleans(TensorShape.of(tokens, ranks), mask);
    }

    private void addInPlace(
            Map<String, HostTensor> inputs, LinearModule layer, ResidentAdapter adapter) {
        LoraSlice slice = adapter.update(layer).orElseThrow();
        add(inputs, layer, adapter.block(), slice.loraA(), slice.loraB());
    }

    private void add(
            Map<String, HostTensor> inputs,
            LinearModule layer,
            FloatBlock block,
            long loraA,
            long loraB) {
        inputs.put(
                AdapterPlan.loraAName(layer.name()),
                new HostTensor.OffHeap(TensorShape.of(ranks, layer.inputSize()), block, loraA));
        inputs.put(
                AdapterPlan.loraBName(layer.name()),
                new HostTensor.OffHeap(TensorShape.of(ranks, layer.outputSize()), block, loraB));
    }

    /** Its rows, or zeros where the adapter leaves the layer alone. */
    private static void copy(
            ResidentAdapter adapter,
            LinearModule layer,
            int firstRank,
            FloatBlock room,
            long loraA,
            long loraB) {
        long countOfA = layer.inputSize() * adapter.rank();
        long countOfB = layer.outputSize() * adapter.rank();
        long toA = loraA + layer.inputSize() * firstRank;
        long toB = loraB + layer.outputSize() * firstRank;
        Optional<LoraSlice> slice = adapter.update(layer);
        if (slice.isPresent()) {
            room.copy(toA, adapter.block(), slice.get().loraA(), countOfA);
            room.copy(toB, adapter.block(), slice.get().loraB(), countOfB);
        } else {
            room.clear(toA, countOfA);
            room.clear(toB, countOfB);
        }
    }
}
