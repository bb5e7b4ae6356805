package dev.ortune.serve;

import dev.ortune.adapter.Adapter;
import dev.ortune.adapter.AdapterFolder;
import dev.ortune.adapter.Provenance;
import dev.ortune.adapter.StoredAdapter;
import dev.ortune.base.BaseModelResolver;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.export.PreparedBase;
import dev.ortune.export.PreparedBases;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.ort.OrtRuntime;
import dev.ortune.tokenizer.TextTokenizer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Opens classifiers from adapter folders, each on the base that it names.
 *
 * <p>For one thread; what it opens is thread-safe. It remembers the bases that it prepared.
 */
public final class ModelLoader {

    private final OrtRuntime runtime;
    private final BaseModelResolver resolver;
    private final PreparedBases prepared;
    private final Map<String, PreparedBase> known = new HashMap<>();

    public ModelLoader(OrtRuntime runtime, BaseModelResolver resolver, PreparedBases prepared) {
        this.runtime = runtime;
        this.resolver = resolver;
        this.prepared = prepared;
    }

    /**
     * Opens an adapter.
     *
     * @param folder a PEFT adapter folder
     * @param baseOverride the base's name or folder, in place of what the adapter names
     * @throws InvalidInputException {@code ADAPTER_FORMAT} for a folder that cannot be read, {@code
     *     ADAPTER_MISMATCH} when it does not fit the base, {@code CHECKSUM_MISMATCH} when the base
     *     is not the one it was trained on; for the base as {@link BaseModelResolver#resolve}
     */
    public ServedModel open(String name, Path folder, Optional<String> baseOverride) {
        StoredAdapter stored = AdapterFolder.read(folder);
        PreparedBase base = base(stored, baseOverride);
        requireSameWeights(stored, base);
        Adapter adapter = stored.adapter();
        ClassifierOptions options = adapter.toOptions(base.model());
        int positions = base.model().config().maxPositions();
        int maxTokens = Math.min(positions, stored.limits().maxTokens().orElse(positions));
        ClassifierSession session =
                new ClassifierSession(
                        runtime, base, options, adapter.parametersFor(base.graphs(options).plan()));
        try {
            TextTokenizer tokenizer =
                    TextTokenizer.of(stored.tokenizer().orElseGet(base::tokenizerFile));
            return new ServedModel(
                    name,
                    adapter.config().baseModel(),
                    TextClassifier.owning(
                            session, tokenizer, maxTokens, stored.limits().truncationSide()));
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private PreparedBase base(StoredAdapter stored, Optional<String> baseOverride) {
        String name = baseOverride.orElseGet(() -> stored.adapter().config().baseModel());
        if (name.isBlank()) {
            throw new InvalidInputException(
                    ErrorCode.ADAPTER_FORMAT,
                    stored.directory() + " does not say which base it belongs to.",
                    "Name the base, or set base_model_name_or_path in adapter_config.json.");
        }
        PreparedBase found = known.get(name);
        if (found == null) {
            found = prepared.prepare(resolver.resolve(name));
            known.put(name, found);
        }
        return found;
    }

    private static void requireSameWeights(StoredAdapter stored, PreparedBase base) {
        String actual = Provenance.weightsSha256(base);
        stored.provenance()
                .map(Provenance::baseWeightsSha256)
                .filter(trainedOn -> !trainedOn.equals(actual))
                .ifPresent(
                        trainedOn -> {
                            throw new InvalidInputException(
                                    ErrorCode.CHECKSUM_MISMATCH,
                                    stored.directory()
                                            + " was trained on a base whose weights have the"
                                            + " SHA-256 "
                                            + trainedOn
                                            + ", not "
                                            + actual
                                            + ".",
                                    "Use the very base that the adapter was trained on.");
                        });
    }
}
