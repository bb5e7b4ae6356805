package dev.ortune.api.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Something that is gone.
 *
 * @param object what it was
 * @param deleted {@code true}
 */
@Schema(name = "Deleted")
public record DeletedResponse(String id, String object, boolean deleted) {}
