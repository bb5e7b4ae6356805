package dev.ortune.api.rest.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ortune.access.Quota;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Limits; what is absent has none of its own.
 *
 * @param concurrentJobs that run at the same time
 * @param rows of training data in one job
 * @param storageBytes of files, all together
 * @param requestsPerSecond over both protocols
 */
@Schema(name = "Quota", example = AccessExamples.QUOTA_REQUEST)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record QuotaDocument(
        @JsonProperty("concurrent_jobs") @Schema(implementation = Integer.class)
                Optional<Integer> concurrentJobs,
        @Schema(implementation = Long.class) Optional<Long> rows,
        @JsonProperty("storage_bytes") @Schema(implementation = Long.class)
                Optional<Long> storageBytes,
        @JsonProperty("requests_per_second") @Schema(implementation = Double.class)
                Optional<Double> requestsPerSecond) {

    @JsonCreator
    static QuotaDocument of(
            @JsonProperty("concurrent_jobs") Integer concurrentJobs,
            @JsonProperty("rows") Long rows,
            @JsonProperty("storage_bytes") Long storageBytes,
            @JsonProperty("requests_per_second") Double requestsPerSecond) {
        return new QuotaDocument(
                Optional.ofNullable(concurrentJobs),
                Optional.ofNullable(rows),
                Optional.ofNullable(storageBytes),
                Optional.ofNullable(requestsPerSecond));
    }

    static QuotaDocument of(Quota quota) {
        return new QuotaDocument(
                quota.concurrentJobs().isPresent()
                        ? Optional.of(quota.concurrentJobs().getAsInt())
                        : Optional.empty(),
                boxed(quota.rows()),
                boxed(quota.storageBytes()),
                quota.requestsPerSecond().isPresent()
                        ? Optional.of(quota.requestsPerSecond().getAsDouble())
                        : Optional.empty());
    }

    /**
     * The limits.
     *
     * @throws InvalidInputException {@code INVALID_REQUEST}
     */
    Quota quota() {
        require("concurrent_jobs", concurrentJobs.filter(value -> value < 0).isEmpty());
        require("rows", rows.filter(value -> value < 0).isEmpty());
        require("storage_bytes", storageBytes.filter(value -> value < 0).isEmpty());
        require("requests_per_second", requestsPerSecond.filter(value -> value <= 0).isEmpty());
        return new Quota(
                concurrentJobs.map(OptionalInt::of).orElseGet(OptionalInt::empty),
                rows.map(OptionalLong::of).orElseGet(OptionalLong::empty),
                storageBytes.map(OptionalLong::of).orElseGet(OptionalLong::empty),
                requestsPerSecond.map(OptionalDouble::of).orElseGet(OptionalDouble::empty));
    }

    private static Optional<Long> boxed(OptionalLong value) {
        return value.isPresent() ? Optional.of(value.getAsLong()) : Optional.empty();
    }

    private static void require(String field, boolean isSane) {
        if (!isSane) {
            throw InvalidInputException.ofField(
                    ErrorCode.INVALID_REQUEST,
                    field,
                    "The limit is too low to mean anything",
                    "Send a limit above 0, or leave the field out to have none.");
        }
    }
}
