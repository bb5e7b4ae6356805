package dev.ortune.repository;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.ortune.adapter.LabelScheme;
import dev.ortune.adapter.TextLimits;
import dev.ortune.graph.ProblemType;
import dev.ortune.tokenizer.TruncationSide;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What serving needs to know of a version before its weights are read: the content of {@code
 * record.json}.
 *
 * @param formatVersion of this file
 * @param id unique to this publication, for ever: a number may come again when a model is deleted
 *     and published anew, this never does
 * @param base the base's name, as {@link KnownBases#names} has it
 * @param baseWeightsSha256 of the base's prepared weights
 * @param labels the label names, in the order of the logits
 * @param problemType one label per text or several
 * @param maxTokens the longest text in tokens, special tokens included; at most the base's positions
 * @param truncationSide the end that is cut off
 * @param rank of the LoRA update
 * @param modules the adapted modules' names, in the model's order
 * @param parameters the number of trained values, each 4 bytes in memory
 * @param bytes of the weights' file
 * @param sha256 of the weights' file
 * @param tokenizerSha256 of the version's own {@code tokenizer.json}, where that differs from the
 *     base's
 * @param published when
 */
public record VersionRecord(
        int formatVersion,
        String id,
        String base,
        String baseWeightsSha256,
        List<String> labels,
        ProblemType problemType,
        int maxTokens,
        TruncationSide truncationSide,
        int rank,
        List<String> modules,
        long parameters,
        long bytes,
        String sha256,
        Optional<String> tokenizerSha256,
        Instant published) {

    static final String FILE = "record.json";
    static final int FORMAT_VERSION = 1;

    public VersionRecord {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(problemType, "problemType");
        Objects.requireNonNull(truncationSide, "truncationSide");
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(baseWeightsSha256, "baseWeightsSha256");
        Objects.requireNonNull(published, "published");
        Objects.requireNonNull(tokenizerSha256, "tokenizerSha256");
        // A thousand versions of one base name the same modules: they share the texts.
        base = base.intern();
        labels = labels.stream().map(String::intern).toList();
        modules = modules.stream().map(String::intern).toList();
    }

    /** Whether another record tells of the same weights, labels and base. */
    boolean isOfSameAdapter(VersionRecord other) {
        return equals(
                new VersionRecord(
                        other.formatVersion,
                        id,
                        other.base,
                        other.baseWeightsSha256,
                        other.labels,
                        other.problemType,
                        other.maxTokens,
                        other.truncationSide,
                        other.rank,
                        other.modules,
                        other.parameters,
                        other.bytes,
                        other.sha256,
                        other.tokenizerSha256,
                        published));
    }

    /** {@code single_label} or {@code multi_label}. */
    @JsonIgnore
    public String problemTypeName() {
        return problemType.optionName();
    }

    /** {@code left} or {@code right}. */
    @JsonIgnore
    public String truncationSideName() {
        return truncationSide.name().toLowerCase(Locale.ROOT);
    }

    /** What the logits mean. */
    @JsonIgnore
    public LabelScheme labelScheme() {
        return new LabelScheme(labels, problemType);
    }

    /** How long texts are cut. */
    @JsonIgnore
    public TextLimits limits() {
        return TextLimits.of(maxTokens, truncationSide);
    }
}
