package dev.ortune.encoder;

import dev.ortune.adapter.AdapterWeights;
import dev.ortune.checkpoint.TensorShape;
import dev.ortune.export.PreparedBase;
import dev.ortune.graph.ClassifierGraphs;
import dev.ortune.graph.HeadVariant;
import dev.ortune.graph.LinearModule;
import dev.ortune.graph.Precision;
import dev.ortune.graph.ServingGraphs;
import dev.ortune.ort.FloatBlock;
import dev.ortune.ort.HostTensor;
import dev.ortune.ort.InferenceSession;
import dev.ortune.ort.OrtRuntime;
import dev.ortune.ort.TextBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A base that computes texts of any of its adapters, mixed in one run.
 *
 * <p>One encoder run per batch, then one small run of the head per adapter on its own rows. The
 * weights are there once; each combination of adapted layers in a batch has a session of its own, and
 * another for a text alone, at a few megabytes, up to {@value #MAX_COMBINATIONS}.
 *
 * <p>Thread-safe: runs may overlap and share the runtime's threads. Close it after the last run.
 */
public final class BaseEncoder implements AutoCloseable {

    /** Twice over: for texts together, and for a text alone. */
    private static final int MAX_COMBINATIONS = 16;

    private final OrtRuntime runtime;
    private final AdapterMemory memory;
    private final AdaptedLayers layers;
    private final SessionCache<EncoderVariant> encoders;
    private final SessionCache<HeadVariant> heads;
    private final ScratchBlocks scratch;
    private final int hiddenSize;

    /** An encoder in float32. */
    public BaseEncoder(OrtRuntime runtime, PreparedBase base) {
        this(runtime, base, Precision.FLOAT32);
    }

    /**
     * An encoder in a precision.
     *
     * @param precision of the frozen layers; in eight bits a text's logits depend a little on its
     *     company, since activations are quantized per run
     * @throws dev.ortune.error.OrtuneException as {@link PreparedBase#frozenLinear}
     */
    public BaseEncoder(OrtRuntime runtime, PreparedBase base, Precision precision) {
        this.runtime = runtime;
        this.memory = new AdapterMemory(runtime, base);
        this.layers = new AdaptedLayers(base.model());
        this.scratch = new ScratchBlocks(runtime);
        this.hiddenSize = base.model().config().hiddenSize();
        ServingGraphs graphs =
                new ServingGraphs(
                        base.model(), base.description().weights(), base.frozenLinear(precision));
        this.encoders =
                new SessionCache<>(
                        variant ->
                                runtime.openInference(
                                        variant.lone()
                                                ? graphs.loneEncoder(variant.adapted())
                                                : graphs.encoder(variant.adapted()),
                                        base.directory()));
        this.heads =
                new SessionCache<>(
                        variant -> runtime.openInference(graphs.head(variant), base.directory()));
    }

    /**
     * Copies an adapter into native memory.
     *
     * @return the caller's to close
     * @throws dev.ortune.error.InvalidInputException {@code ADAPTER_MISMATCH} when it does not fit
     *     the base, {@code ADAPTER_FORMAT} for a value that is no finite number, or becomes none
     */
    public ResidentAdapter place(AdapterWeights adapter) {
        return memory.place(adapter);
    }

    /**
     * Computes texts in one run; the calling thread takes part.
     *
     * @return the logits [labels of its adapter] of each, in the order of the texts
     */
    public List<float[]> logits(List<EncodedText> texts) {
        List<Integer> order = byAdapter(texts);
        List<EncodedText> sorted = order.stream().map(texts::get).toList();
        float[] hidden = encode(sorted);
        List<float[]> results = new ArrayList<>(Collections.nCopies(texts.size(), new float[0]));
        int from = 0;
        while (from < sorted.size()) {
            int end = from + 1;
            while (end < sorted.size() && sorted.get(end).adapter() == sorted.get(from).adapter()) {
                end++;
            }
            List<float[]> logits = classify(sorted.get(from).adapter(), hidden, from, end);
            for (int row = from; row < end; row++) {
                results.set(order.get(row), logits.get(row - from));
            }
            from = end;
        }
        return results;
    }

    /** Texts of one adapter side by side, adapters in the order of their first text. */
    private static List<Integer> byAdapter(List<EncodedText> texts) {
        Map<ResidentAdapter, Integer> places = new HashMap<>();
        texts.forEach(text -> places.putIfAbsent(text.adapter(), places.size()));
        return IntStream.range(0, texts.size())
                .boxed()
                .sorted(Comparator.comparing(index -> places.get(texts.get(index).adapter())))
                .toList();
    }

    /** Each text's [CLS] row, {@code [batch, hidden]}. */
    private float[] encode(List<EncodedText> texts) {
        Set<ResidentAdapter> adapters = new LinkedHashSet<>();
        texts.forEach(text -> adapters.add(text.adapter()));
        EncoderVariant variant = variant(texts, adapters);
        InferenceSession session = encoders.get(variant);
        BatchAdapters batch = new BatchAdapters(texts, variant);
        Map<String, HostTensor> inputs = textInputs(texts, variant);
        long scratchValues = batch.scratchValues();
        if (scratchValues == 0) {
            inputs.putAll(batch.inputs(Optional.empty()));
            return session.run(inputs).floats(ServingGraphs.HIDDEN);
        }
        FloatBlock room = scratch.borrow(scratchValues);
        try {
            inputs.putAll(batch.inputs(Optional.of(room)));
            return session.run(inputs).floats(ServingGraphs.HIDDEN);
        } finally {
            scratch.giveBack(room);
        }
    }

    private EncoderVariant variant(List<EncodedText> texts, Set<ResidentAdapter> adapters) {
        Set<LinearModule> adapted = layers.of(adapters);
        boolean lone = texts.size() == 1 && texts.get(0).adapter().modules().containsAll(adapted);
        EncoderVariant wanted = new EncoderVariant(adapted, lone);
        return encoders.has(wanted) || encoders.size() < MAX_COMBINATIONS
                ? wanted
                : new EncoderVariant(layers.all(), false);
    }

    private static Map<String, HostTensor> textInputs(
            List<EncodedText> texts, EncoderVariant variant) {
        List<long[]> tokens =
                texts.stream()
                        .map(text -> Arrays.stream(text.tokens()).asLongStream().toArray())
                        .toList();
        return variant.lone() ? TextBatch.lone(tokens.get(0)) : TextBatch.of(tokens);
    }

    private List<float[]> classify(ResidentAdapter adapter, float[] hidden, int from, int end) {
        Map<String, HostTensor> inputs = new HashMap<>(adapter.headInputs());
        inputs.put(
                ServingGraphs.HIDDEN,
                new HostTensor.Floats(
                        TensorShape.of(end - from, hiddenSize),
                        Arrays.copyOfRange(hidden, from * hiddenSize, end * hiddenSize)));
        float[] logits = heads.get(adapter.head()).run(inputs).floats(ClassifierGraphs.LOGITS);
        int labels = adapter.labels().labels().size();
        return IntStream.range(0, end - from)
                .mapToObj(row -> Arrays.copyOfRange(logits, row * labels, (row + 1) * labels))
                .toList();
    }

    @Override
    public void close() {
        encoders.close();
        heads.close();
        memory.close();
        scratch.close();
    }
}
