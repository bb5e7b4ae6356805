package dev.ortune.api.rest.tei;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The protocol's {@code ErrorResponse}.
 *
 * @param error what is wrong
 * @param type the kind of error
 */
@Schema(name = "PredictError")
record TeiError(
        String error, @JsonProperty("error_type") @Schema(name = "error_type") ErrorType type) {}
