package dev.ortune.api.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ortune.repository.PublishedModel;
import dev.ortune.repository.PublishedVersion;
import dev.ortune.repository.VersionRecord;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A version of a model.
 *
 * @param model the model's name
 * @param version its number
 * @param aliases the aliases that point to it, by name
 * @param base the base that it belongs to
 * @param labels in the order of the scores
 * @param problemType {@code single_label} or {@code multi_label}
 * @param maxTokens longer texts are cut to this many tokens
 * @param truncationSide {@code left} or {@code right}
 * @param rank of the LoRA update
 * @param modules the adapted modules
 * @param bytes of the weights' file
 * @param sha256 of the weights' file
 * @param published when
 */
@Schema(name = "ModelVersion")
public record VersionResponse(
        String model,
        String version,
        List<String> aliases,
        String base,
        List<String> labels,
        @JsonProperty("problem_type") String problemType,
        @JsonProperty("max_tokens") int maxTokens,
        @JsonProperty("truncation_side") String truncationSide,
        int rank,
        List<String> modules,
        long bytes,
        String sha256,
        Instant published) {

    static VersionResponse of(PublishedModel model, PublishedVersion version) {
        VersionRecord record = version.record();
        return new VersionResponse(
                model.name().name(),
                Integer.toString(version.number()),
                model.aliasesOf(version.number()),
                record.base(),
                record.labels(),
                record.problemTypeName(),
                record.maxTokens(),
                record.truncationSideName(),
                record.rank(),
                record.modules(),
                record.bytes(),
                record.sha256(),
                record.published());
    }
}
