package dev.ortune.api.rest.openai;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The body of an endpoint's creation, for the OpenAPI document; {@link CreateWebhook} reads it. */
@Schema(name = "CreateWebhookEndpoint")
record CreateWebhookSchema(
        @Schema(required = true, description = "http or https.") String url,
        @Schema(
                        description =
                                "fine_tuning.job.succeeded, .failed, .cancelled, .paused; all"
                                        + " without.")
                List<String> events,
        @Schema(description = "A note.") String description) {}
