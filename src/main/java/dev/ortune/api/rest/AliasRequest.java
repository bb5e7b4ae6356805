package dev.ortune.api.rest;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ortune.api.inference.FieldFault;
import dev.ortune.error.InvalidInputException;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Where an alias is to point.
 *
 * @param version a version's number, or another alias, whose version is taken
 */
@Schema(example = RepositoryExamples.ALIAS)
public record AliasRequest(@JsonProperty("version") @Schema(required = true) String version) {

    @JsonCreator
    public AliasRequest {}

    /**
     * The version.
     *
     * @throws InvalidInputException {@code INVALID_REQUEST} where the field is missing
     */
    String target() {
        return Optional.ofNullable(version)
                .orElseThrow(
                        () -> FieldFault.of("version", "A version's number or an alias is needed"));
    }
}
