package dev.ortune.api.rest;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Where an alias is to point.
 *
 * @param version a version's number, or another alias, whose version is taken
 */
@Schema(example = RepositoryExamples.ALIAS)
public record AliasRequest(
        @NotNull(message = "A version's number or an alias is needed") @JsonProperty("version")
                String version) {

    @JsonCreator
    public AliasRequest {}
}
