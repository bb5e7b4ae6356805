package dev.ortune.serve;

import dev.ortune.adapter.LabelScheme;
import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.export.PreparedBase;
import dev.ortune.graph.ClassifierGraphs;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.graph.Precision;
import dev.ortune.ort.HostTensor;
import dev.ortune.ort.InferenceSession;
import dev.ortune.ort.OrtRuntime;
import dev.ortune.ort.TextBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Token ids to logits: a base and one adapter's parameters in an ONNX Runtime session.
 *
 * <p>Thread-safe: any thread may ask, runs overlap and share the runtime's pool; the caller's thread
 * takes part in the computation. {@link #close()} waits for the runs under way.
 */
public final class ClassifierSession implements AutoCloseable {

    /** Slots per run: enough to fill the processor, few enough for a small peak of memory. */
    private static final int SLOTS_PER_RUN = 4096;

    private final ReadWriteLock lifetime = new ReentrantReadWriteLock();
    private final LabelScheme labels;
    private final InferenceSession session;
    private boolean closed;

    /**
     * Opens the session.
     *
     * @param parameters the tensors of the options' plan; copied now
     */
    public ClassifierSession(
            OrtRuntime runtime,
            PreparedBase base,
            ClassifierOptions options,
            List<FloatTensor> parameters) {
        this(runtime, base, options, parameters, Precision.FLOAT32);
    }

    /**
     * Opens the session in a precision.
     *
     * @param parameters the tensors of the options' plan; copied now
     */
    public ClassifierSession(
            OrtRuntime runtime,
            PreparedBase base,
            ClassifierOptions options,
            List<FloatTensor> parameters,
            Precision precision) {
        this.labels = new LabelScheme(options.labels(), options.problemType());
        Map<String, HostTensor> fixed = new LinkedHashMap<>();
        for (FloatTensor tensor : parameters) {
            fixed.put(tensor.name(), new HostTensor.Floats(tensor.shape(), tensor.values()));
        }
        this.session =
                runtime.openInference(
                        base.graphs(options).inference(base.frozenLinear(precision)),
                        base.directory(),
                        fixed);
    }

    /** What the logits mean. */
    public LabelScheme labels() {
        return labels;
    }

    /**
     * The logits of texts, each [labels], in the order of the texts.
     *
     * @param texts each text's token ids, none empty
     */
    public List<float[]> logits(List<int[]> texts) {
        lifetime.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the classifier is closed");
            }
            List<float[]> results =
                    new ArrayList<>(Collections.nCopies(texts.size(), new float[0]));
            List<Integer> lengths = texts.stream().map(text -> text.length).toList();
            for (List<Integer> batch : TokenBatches.of(lengths, SLOTS_PER_RUN)) {
                run(texts, batch, results);
            }
            return results;
        } finally {
            lifetime.readLock().unlock();
        }
    }

    private void run(List<int[]> texts, List<Integer> batch, List<float[]> results) {
        List<long[]> rows =
                batch.stream()
                        .map(index -> Arrays.stream(texts.get(index)).asLongStream().toArray())
                        .toList();
        float[] logits = session.run(TextBatch.of(rows)).floats(ClassifierGraphs.LOGITS);
        int width = labels.labels().size();
        for (int row = 0; row < batch.size(); row++) {
            results.set(batch.get(row), Arrays.copyOfRange(logits, row * width, (row + 1) * width));
        }
    }

    @Override
    public void close() {
        lifetime.writeLock().lock();
        try {
            closed = true;
            session.close();
        } finally {
            lifetime.writeLock().unlock();
        }
    }
}
