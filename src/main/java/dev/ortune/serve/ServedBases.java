package dev.ortune.serve;

import dev.ortune.encoder.BaseEncoder;
import dev.ortune.export.PreparedBase;
import dev.ortune.graph.Precision;
import dev.ortune.ort.OrtRuntime;
import dev.ortune.repository.KnownBase;
import dev.ortune.repository.KnownBases;
import dev.ortune.repository.PublishedVersion;
import dev.ortune.tokenizer.TextTokenizer;
import java.util.HashMap;
import java.util.Map;

/**
 * The bases that answer, each opened when a version of it is first asked for and kept. Thread-safe;
 * opening one takes a second, in which those who ask for any base that is not open wait.
 */
final class ServedBases implements AutoCloseable {

    private final OrtRuntime runtime;
    private final KnownBases known;
    private final Precision precision;
    private final Map<String, ServedBase> open = new HashMap<>();
    private boolean closed;

    ServedBases(OrtRuntime runtime, KnownBases known, Precision precision) {
        this.runtime = runtime;
        this.known = known;
        this.precision = precision;
    }

    /**
     * The base of a version.
     *
     * @throws dev.ortune.error.OrtuneException as {@link KnownBases#of}
     */
    synchronized ServedBase of(PublishedVersion version) {
        if (closed) {
            throw new IllegalStateException("the bases are closed");
        }
        String key = version.record().baseWeightsSha256();
        ServedBase found = open.get(key);
        if (found == null) {
            found = open(known.of(version));
            open.put(key, found);
        }
        return found;
    }

    private ServedBase open(KnownBase base) {
        PreparedBase prepared = base.prepared();
        TextTokenizer tokenizer = TextTokenizer.of(prepared.tokenizerFile());
        return new ServedBase(
                base.name(),
                new BaseEncoder(runtime, prepared, precision),
                tokenizer,
                prepared.model().config().vocabularySize());
    }

    @Override
    public synchronized void close() {
        closed = true;
        open.values().forEach(ServedBase::close);
        open.clear();
    }
}
