package dev.ortune.api.inference;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What the server is.
 *
 * @param extensions what it understands beyond the protocol, by Triton's names
 */
@Schema(description = "What the server is.")
public record ServerMetadata(String name, String version, List<String> extensions) {}
