package dev.ortune.api.rest.tei;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The protocol's request, for the OpenAPI document; {@link PredictRequest} reads it. */
@Schema(name = "PredictRequest")
record PredictSchema(
        @Schema(
                        required = true,
                        oneOf = {String.class, String[].class, String[][].class},
                        description = "A string, [string] or a batch [[string], [string], ...].")
                Object inputs,
        @Schema(
                        defaultValue = "false",
                        description = "Whether long texts are cut; else they are refused.")
                boolean truncate,
        @JsonProperty("truncation_direction")
                @Schema(
                        name = "truncation_direction",
                        enumeration = {"Left", "Right"},
                        defaultValue = "Right")
                String truncationDirection,
        @JsonProperty("raw_scores") @Schema(name = "raw_scores", defaultValue = "false")
                boolean rawScores) {}
