package dev.ortune.api.rest.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ortune.access.Caller;
import dev.ortune.access.NewApiKey;
import dev.ortune.access.Scope;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A key to be created.
 *
 * @param name for people
 * @param scopes {@code infer}, {@code train}, {@code admin}
 * @param tenant the caller's own without it
 * @param expiresAt never without it
 */
@Schema(name = "KeyRequest", example = AccessExamples.KEY_REQUEST)
public record KeyRequest(
        @Schema(required = true) String name,
        @Schema(required = true) List<String> scopes,
        @Schema(implementation = String.class) Optional<String> tenant,
        @JsonProperty("expires_at") @Schema(name = "expires_at", implementation = Instant.class)
                Optional<Instant> expiresAt) {

    @JsonCreator
    static KeyRequest of(
            @JsonProperty("name") String name,
            @JsonProperty("scopes") List<String> scopes,
            @JsonProperty("tenant") String tenant,
            @JsonProperty("expires_at") Instant expiresAt) {
        return new KeyRequest(
                Optional.ofNullable(name).orElse(""),
                Optional.ofNullable(scopes).orElse(List.of()),
                Optional.ofNullable(tenant),
                Optional.ofNullable(expiresAt));
    }

    NewApiKey wanted(Caller caller) {
        return new NewApiKey(
                tenant.orElse(caller.tenant()),
                name,
                scopes.stream().map(KeyRequest::scope).collect(Collectors.toSet()),
                expiresAt);
    }

    private static Scope scope(String word) {
        return Optional.ofNullable(word)
                .flatMap(Scope::ofWord)
                .orElseThrow(
                        () ->
                                InvalidInputException.ofField(
                                        ErrorCode.INVALID_REQUEST,
                                        "scopes",
                                        "\"" + word + "\" is no scope",
                                        "Send some of infer, train and admin."));
    }
}
