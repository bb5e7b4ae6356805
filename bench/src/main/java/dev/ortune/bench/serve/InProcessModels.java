package dev.ortune.bench.serve;

import dev.ortune.adapter.Adapter;
import dev.ortune.adapter.AdapterFolder;
import dev.ortune.bench.race.RaceBase;
import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.ort.OrtRuntime;
import dev.ortune.serve.ClassifierSession;
import dev.ortune.serve.TextClassifier;
import dev.ortune.tokenizer.TextTokenizer;
import dev.ortune.tokenizer.TruncationSide;
import java.nio.file.Path;
import java.util.List;

/** What the service computes with, opened in this process with the same number of threads. */
final class InProcessModels implements AutoCloseable {

    private final OrtRuntime runtime;
    private final TextTokenizer tokenizer;
    private final ClassifierSession session;
    private final TextClassifier classifier;

    private InProcessModels(
            OrtRuntime runtime,
            TextTokenizer tokenizer,
            ClassifierSession session,
            TextClassifier classifier) {
        this.runtime = runtime;
        this.tokenizer = tokenizer;
        this.session = session;
        this.classifier = classifier;
    }

    static InProcessModels open(RaceBase base, Path adapterFolder, int threads) {
        OrtRuntime runtime = OrtRuntime.open(threads);
        Adapter adapter = AdapterFolder.read(adapterFolder).adapter();
        ClassifierOptions options = adapter.toOptions(base.prepared().model());
        List<FloatTensor> parameters =
                adapter.parametersFor(base.prepared().graphs(options).plan());
        TextTokenizer tokenizer = TextTokenizer.of(base.prepared().tokenizerFile());
        return new InProcessModels(
                runtime,
                tokenizer,
                new ClassifierSession(runtime, base.prepared(), options, parameters),
                TextClassifier.of(
                        runtime,
                        base.prepared(),
                        options,
                        parameters,
                        tokenizer,
                        TextSet.MAX_TOKENS,
                        TruncationSide.RIGHT));
    }

    /** The session alone: its texts are tokens already. */
    InProcessModel session(TextSet texts) {
        return rows -> session.logits(rows.stream().map(texts.tokens()::get).toList());
    }

    /** Texts to labels. */
    InProcessModel classifier(TextSet texts) {
        return rows -> classifier.classify(rows.stream().map(texts.texts()::get).toList());
    }

    @Override
    public void close() {
        classifier.close();
        session.close();
        tokenizer.close();
        runtime.close();
    }
}
