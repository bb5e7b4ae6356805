package dev.ortune.access;

import static dev.ortune.access.Scope.ADMIN;
import static dev.ortune.access.Scope.INFER;
import static dev.ortune.access.Scope.TRAIN;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The whole truth about who may do what, over both protocols. What is not listed is for admins.
 *
 * <p>{@code {name}} stands for one part of a path, a last {@code **} for any number of them.
 */
public final class AccessTable {

    private static final AccessRule KNOWN = AccessRule.known();
    private static final AccessRule INFERENCE = AccessRule.of(INFER);
    private static final AccessRule READING = AccessRule.of(INFER, TRAIN);
    private static final AccessRule TRAINING = AccessRule.of(TRAIN);
    private static final AccessRule ADMINISTRATION = AccessRule.of(ADMIN);
    private static final AccessRule OPERATION = AccessRule.operator();

    private static final String ANY = "*";

    /** In the order of what is asked most often. */
    private static final List<AccessRow> HTTP =
            List.of(
                    row("POST", "/v1/models/{model}/classify", INFERENCE),
                    row("POST", "/v2/models/{model}/infer", INFERENCE),
                    row("POST", "/v2/models/{model}/versions/{version}/infer", INFERENCE),
                    row("POST", "/predict", INFERENCE),
                    row("GET", "/v1/models", READING),
                    row("GET", "/v1/models/{model}", READING),
                    row("GET", "/v1/models/{model}/versions/{version}", READING),
                    row("GET", "/v2", KNOWN),
                    row("GET", "/v2/health/live", KNOWN),
                    row("GET", "/v2/health/ready", KNOWN),
                    row("GET", "/v2/models/{model}", READING),
                    row("GET", "/v2/models/{model}/ready", READING),
                    row("GET", "/v2/models/{model}/versions/{version}", READING),
                    row("GET", "/v2/models/{model}/versions/{version}/ready", READING),
                    row("POST", "/v2/repository/index", READING),
                    row("GET", "/info", READING),
                    row("GET", "/health", KNOWN),
                    row("POST", "/v2/repository/models/{model}/load", TRAINING),
                    row("POST", "/v2/repository/models/{model}/unload", TRAINING),
                    row("DELETE", "/v1/models/{model}", TRAINING),
                    row("POST", "/v1/models/{model}/versions", TRAINING),
                    row("DELETE", "/v1/models/{model}/versions/{version}", TRAINING),
                    row("GET", "/v1/models/{model}/versions/{version}/export", TRAINING),
                    row("PUT", "/v1/models/{model}/aliases/{alias}", TRAINING),
                    row("DELETE", "/v1/models/{model}/aliases/{alias}", TRAINING),
                    row("POST", "/v1/models/{model}/aliases/{alias}/rollback", TRAINING),
                    row(ANY, "/v1/files/**", TRAINING),
                    row(ANY, "/v1/fine_tuning/**", TRAINING),
                    row(ANY, "/v1/webhook_endpoints/**", TRAINING),
                    row(ANY, "/v1/keys/**", ADMINISTRATION),
                    row("GET", "/v1/audit", ADMINISTRATION),
                    row("GET", "/v1/tenants/{tenant}/quota", OPERATION),
                    row("PUT", "/v1/tenants/{tenant}/quota", OPERATION),
                    // Their labels and names are of all tenants.
                    row("GET", "/q/metrics/**", OPERATION),
                    row("GET", "/q/health/**", OPERATION),
                    row("GET", "/q/openapi/**", KNOWN));

    private static final String INFERENCE_SERVICE = "inference.GRPCInferenceService/";

    private static final String FINE_TUNING_SERVICE = "ortune.v1.FineTuning/";

    private static final Map<String, AccessRule> GRPC =
            Map.ofEntries(
                    Map.entry("grpc.health.v1.Health/Check", AccessRule.open()),
                    Map.entry("grpc.health.v1.Health/Watch", AccessRule.open()),
                    Map.entry("grpc.reflection.v1.ServerReflection/ServerReflectionInfo", KNOWN),
                    Map.entry(
                            "grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", KNOWN),
                    Map.entry(INFERENCE_SERVICE + "ServerLive", KNOWN),
                    Map.entry(INFERENCE_SERVICE + "ServerReady", KNOWN),
                    Map.entry(INFERENCE_SERVICE + "ServerMetadata", KNOWN),
                    Map.entry(INFERENCE_SERVICE + "ModelReady", READING),
                    Map.entry(INFERENCE_SERVICE + "ModelMetadata", READING),
                    Map.entry(INFERENCE_SERVICE + "ModelInfer", INFERENCE),
                    Map.entry(INFERENCE_SERVICE + "RepositoryIndex", READING),
                    Map.entry(INFERENCE_SERVICE + "RepositoryModelLoad", TRAINING),
                    Map.entry(INFERENCE_SERVICE + "RepositoryModelUnload", TRAINING),
                    Map.entry(FINE_TUNING_SERVICE + "UploadFile", TRAINING),
                    Map.entry(FINE_TUNING_SERVICE + "ListFiles", TRAINING),
                    Map.entry(FINE_TUNING_SERVICE + "GetFile", TRAINING),
                    Map.entry(FINE_TUNING_SERVICE + "GetFileContent", TRAINING),
                    Map.entry(FINE_TUNING_SERVICE + "DeleteFile", TRAINING),
                    Map.entry(FINE_TUNING_SERVICE + "CreateJob", TRAINING),
                    Map.entry(FINE_TUNING_SERVICE + "DryRun", TRAINING),
                    Map.entry(FINE_TUNING_SERVICE + "ListJobs", TRAINING),
                    Map.entry(FINE_TUNING_SERVICE + "GetJob", TRAINING),
                    Map.entry(FINE_TUNING_SERVICE + "CancelJob", TRAINING),
                    Map.entry(FINE_TUNING_SERVICE + "PauseJob", TRAINING),
                    Map.entry(FINE_TUNING_SERVICE + "ResumeJob", TRAINING),
                    Map.entry(FINE_TUNING_SERVICE + "ListEvents", TRAINING),
                    Map.entry(FINE_TUNING_SERVICE + "StreamEvents", TRAINING),
                    Map.entry(FINE_TUNING_SERVICE + "ListCheckpoints", TRAINING),
                    Map.entry(FINE_TUNING_SERVICE + "ListMetrics", TRAINING));

    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

    /** How methods of gRPC begin that change nothing, whatever scope they need. */
    private static final List<String> GRPC_READS = List.of("Get", "List", "Stream", "DryRun");

    private AccessTable() {}

    /**
     * The rule for an address.
     *
     * @param path normalized, without a query
     */
    public static AccessRule http(String method, String path) {
        return listed(method, path).orElse(ADMINISTRATION);
    }

    /** The rule for a method of gRPC, named as {@code package.Service/Method}. */
    public static AccessRule grpc(String method) {
        return listed(method).orElse(ADMINISTRATION);
    }

    /** The rule that an address was given on purpose. */
    static Optional<AccessRule> listed(String method, String path) {
        // Some servers cut parameters out of a path; here they make it another one.
        if (path.indexOf(';') >= 0) {
            return Optional.empty();
        }
        String effective = method.equals("HEAD") ? "GET" : method;
        String[] parts = AccessRow.parts(path);
        return HTTP.stream()
                .filter(row -> row.method().equals(ANY) || row.method().equals(effective))
                .filter(row -> row.matches(parts))
                .findFirst()
                .map(AccessRow::rule);
    }

    /** The rule that a method of gRPC was given on purpose. */
    static Optional<AccessRule> listed(String grpcMethod) {
        return Optional.ofNullable(GRPC.get(grpcMethod));
    }

    /** Whether a request under a rule changes anything, so that the audit log has to know of it. */
    public static boolean isChange(String method, AccessRule rule) {
        return !READS.contains(method) && rule.guardsChanges();
    }

    /** As {@link #isChange(String, AccessRule)}, for a method of gRPC. */
    public static boolean isGrpcChange(String method, AccessRule rule) {
        String name = method.substring(method.indexOf('/') + 1);
        return rule.guardsChanges() && GRPC_READS.stream().noneMatch(name::startsWith);
    }

    private static AccessRow row(String method, String path, AccessRule rule) {
        return AccessRow.of(method, path, rule);
    }
}
