package dev.ortune.api.rest.tei;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Kinds of errors as text-embeddings-inference spells them (its {@code router/src/lib.rs}). */
enum ErrorType {
    @JsonProperty("Unhealthy")
    UNHEALTHY,
    @JsonProperty("Backend")
    BACKEND,
    @JsonProperty("Overloaded")
    OVERLOADED,
    @JsonProperty("Validation")
    VALIDATION,
    @JsonProperty("Tokenizer")
    TOKENIZER,
    @JsonProperty("Empty")
    EMPTY
}
