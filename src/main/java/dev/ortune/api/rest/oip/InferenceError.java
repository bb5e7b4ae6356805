package dev.ortune.api.rest.oip;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The protocol's one form of errors.
 *
 * @param error what is wrong and what to try
 */
@Schema(name = "InferenceError")
public record InferenceError(String error) {}
