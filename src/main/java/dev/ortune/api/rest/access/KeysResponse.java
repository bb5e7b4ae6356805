package dev.ortune.api.rest.access;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Keys, without their secrets.
 *
 * @param keys in the order of their creation
 */
@Schema(name = "Keys")
public record KeysResponse(List<KeyResponse> keys) {}
