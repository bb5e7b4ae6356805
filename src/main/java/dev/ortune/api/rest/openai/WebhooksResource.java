package dev.ortune.api.rest.openai;

import dev.ortune.api.rest.DeletedResponse;
import dev.ortune.api.rest.HttpCaller;
import dev.ortune.api.rest.JsonBody;
import dev.ortune.webhook.WebhookStore;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/** Who hears of jobs. Every method runs on a worker thread. */
@Path("/v1/webhook_endpoints")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Webhooks")
@Blocking
public final class WebhooksResource {

    private static final int MOST_DELIVERIES = 100;

    private final WebhookStore webhooks;
    private final HttpCaller caller;
    private final JsonBody bodies;

    public WebhooksResource(WebhookStore webhooks, HttpCaller caller, JsonBody bodies) {
        this.webhooks = webhooks;
        this.caller = caller;
        this.bodies = bodies;
    }

    /** Creates an endpoint. */
    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "createWebhookEndpoint",
            summary = "Create an endpoint that hears of jobs",
            description = "The answer has the secret that signs deliveries, this once.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = CreateWebhookSchema.class),
                            examples =
                                    @ExampleObject(
                                            name = "ends of jobs",
                                            value = OpenAiExamples.WEBHOOK)))
    @APIResponse(
            responseCode = "200",
            description = "The endpoint, with its secret",
            content = @Content(schema = @Schema(implementation = WebhookResponse.class)))
    public WebhookResponse create(byte[] body) {
        return WebhookResponse.of(
                webhooks.create(CreateWebhook.parse(tenant(), bodies.object(body, false))));
    }

    /** Lists the endpoints. */
    @GET
    @Operation(operationId = "listWebhookEndpoints", summary = "The endpoints, oldest first")
    @APIResponse(
            responseCode = "200",
            description = "All of them",
            content = @Content(schema = @Schema(implementation = WebhookList.class)))
    public ListResponse<WebhookResponse> list() {
        return ListResponse.of(
                webhooks.list(tenant()).stream().map(WebhookResponse::of).toList(),
                WebhookResponse::id,
                false);
    }

    /** One endpoint. */
    @GET
    @Path("/{endpoint}")
    @Operation(operationId = "getWebhookEndpoint", summary = "An endpoint, without its secret")
    @APIResponse(
            responseCode = "200",
            description = "The endpoint",
            content = @Content(schema = @Schema(implementation = WebhookResponse.class)))
    public WebhookResponse endpoint(@PathParam("endpoint") String id) {
        return WebhookResponse.of(webhooks.get(tenant(), id));
    }

    /** Deletes an endpoint. */
    @DELETE
    @Path("/{endpoint}")
    @Operation(
            operationId = "deleteWebhookEndpoint",
            summary = "Delete an endpoint and what was to be sent to it")
    @APIResponse(
            responseCode = "200",
            description = "It is gone",
            content = @Content(schema = @Schema(implementation = DeletedResponse.class)))
    public DeletedResponse delete(@PathParam("endpoint") String id) {
        webhooks.delete(tenant(), id);
        return new DeletedResponse(id, WebhookResponse.OBJECT, true);
    }

    /** Gives an endpoint a new secret. */
    @POST
    @Path("/{endpoint}/rotate_secret")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "rotateWebhookSecret",
            summary = "Give an endpoint a new secret",
            description = "For 24 hours deliveries are signed with the one before as well.")
    @APIResponse(
            responseCode = "200",
            description = "The endpoint, with its new secret",
            content = @Content(schema = @Schema(implementation = WebhookResponse.class)))
    public WebhookResponse rotateSecret(@PathParam("endpoint") String id) {
        return WebhookResponse.of(webhooks.rotateSecret(tenant(), id));
    }

    /** Has a disabled endpoint hear of events again. */
    @POST
    @Path("/{endpoint}/enable")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "enableWebhookEndpoint",
            summary = "Have a disabled endpoint hear of what happens from now on")
    @APIResponse(
            responseCode = "200",
            description = "The endpoint",
            content = @Content(schema = @Schema(implementation = WebhookResponse.class)))
    public WebhookResponse enable(@PathParam("endpoint") String id) {
        return WebhookResponse.of(webhooks.enable(tenant(), id));
    }

    /** Lists deliveries. */
    @GET
    @Path("/{endpoint}/deliveries")
    @Operation(
            operationId = "listWebhookDeliveries",
            summary = "What was or is to be sent to an endpoint, newest first")
    @APIResponse(
            responseCode = "200",
            description = "Some of it",
            content = @Content(schema = @Schema(implementation = DeliveryList.class)))
    public ListResponse<DeliveryResponse> deliveries(
            @PathParam("endpoint") String id, @RestQuery Optional<String> limit) {
        int wanted = ListLimit.of(limit, MOST_DELIVERIES);
        List<DeliveryResponse> found =
                webhooks.deliveries(tenant(), id, wanted + 1).stream()
                        .map(DeliveryResponse::of)
                        .toList();
        return ListResponse.of(
                found.stream().limit(wanted).toList(), DeliveryResponse::id, found.size() > wanted);
    }

    private String tenant() {
        return caller.get().tenant();
    }

    /** For the OpenAPI document. */
    @Schema(name = "WebhookEndpointList")
    record WebhookList(String object, List<WebhookResponse> data) {}

    /** For the OpenAPI document. */
    @Schema(name = "WebhookDeliveryList")
    record DeliveryList(String object, List<DeliveryResponse> data) {}
}
