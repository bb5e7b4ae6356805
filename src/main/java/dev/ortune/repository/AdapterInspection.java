package dev.ortune.repository;

import dev.ortune.adapter.Adapter;
import dev.ortune.adapter.StoredAdapter;
import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InternalException;
import dev.ortune.error.InvalidInputException;
import dev.ortune.graph.AdapterPlan;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.graph.LinearModule;
import dev.ortune.io.Sha256;
import dev.ortune.repository.archive.AdapterFile;
import dev.ortune.tokenizer.TextTokenizer;
import dev.ortune.tokenizer.TokenizerContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Whether an adapter can be served on a base, and what serving needs to know of it. */
final class AdapterInspection {

    /** Labels and modules are kept in memory for every version. */
    private static final int MAX_RECORD_BYTES = 64 << 10;

    private AdapterInspection() {}

    /**
     * Checks everything that a request would stumble over.
     *
     * @throws InvalidInputException {@code ADAPTER_MISMATCH} for a tensor that is missing, of
     *     another shape or of no use, {@code INVALID_OPTION} for a module that the base lacks,
     *     {@code CHECKSUM_MISMATCH} for one trained on other weights, {@code TOKENIZER_FORMAT},
     *     {@code ADAPTER_FORMAT} for labels beyond all measure
     */
    static VersionRecord inspect(StoredAdapter stored, KnownBase base) {
        KnownBases.requireSameWeights(stored, base);
        Adapter adapter = stored.adapter();
        ClassifierOptions options = adapter.toOptions(base.prepared().model());
        AdapterPlan plan = base.prepared().graphs(options).plan();
        List<FloatTensor> parameters = adapter.parametersFor(plan);
        int positions = base.prepared().model().config().maxPositions();
        Path weights = stored.directory().resolve(AdapterFile.WEIGHTS.fileName());
        try {
            VersionRecord record =
                    new VersionRecord(
                            VersionRecord.FORMAT_VERSION,
                            UUID.randomUUID().toString(),
                            base.name(),
                            base.weightsSha256(),
                            adapter.labels().labels(),
                            adapter.labels().problemType(),
                            Math.min(positions, stored.limits().maxTokens().orElse(positions)),
                            stored.limits().truncationSide(),
                            adapter.config().rank(),
                            plan.adaptedModules().stream().map(LinearModule::name).toList(),
                            parameters.stream().mapToLong(tensor -> tensor.values().length).sum(),
                            Files.size(weights),
                            Sha256.of(weights),
                            ownTokenizer(stored, base),
                            Instant.now().truncatedTo(ChronoUnit.MILLIS));
            requireSmall(record);
            return record;
        } catch (IOException e) {
            throw new InternalException("An adapter could not be read again.", e);
        }
    }

    private static Optional<String> ownTokenizer(StoredAdapter stored, KnownBase base)
            throws IOException {
        if (stored.tokenizer().isEmpty()) {
            return Optional.empty();
        }
        Path file = stored.tokenizer().get();
        TokenizerContent content = TokenizerContent.read(file);
        if (content.encodesAs(TokenizerContent.read(base.prepared().tokenizerFile()))) {
            return Optional.empty();
        }
        int known = base.prepared().model().config().vocabularySize();
        if (content.largestId() >= known) {
            throw new InvalidInputException(
                    ErrorCode.ADAPTER_MISMATCH,
                    AdapterFile.TOKENIZER.fileName()
                            + " has the id "
                            + content.largestId()
                            + ", but the base knows "
                            + known
                            + " tokens only.",
                    "Send the tokenizer that the adapter was trained with, or none.");
        }
        TextTokenizer.of(file).close();
        return Optional.of(Sha256.of(file));
    }

    private static void requireSmall(VersionRecord record) {
        if (RepositoryJson.write(record).length > MAX_RECORD_BYTES) {
            throw new InvalidInputException(
                    ErrorCode.ADAPTER_FORMAT,
                    "The names of the adapter's labels and modules take more than "
                            + MAX_RECORD_BYTES
                            + " bytes.",
                    "Use shorter names in config.json's id2label.");
        }
    }
}
