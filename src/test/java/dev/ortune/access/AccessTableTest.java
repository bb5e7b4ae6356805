package dev.ortune.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.api.grpc.proto.GRPCInferenceServiceGrpc;
import dev.ortune.api.grpc.proto.v1.FineTuningGrpc;
import dev.ortune.error.DeniedException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which scopes open which address. */
class AccessTableTest {

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/models/reviews/classify, infer",
        "POST, /v1/models/reviews/classify/, infer",
        "POST, /v2/models/reviews/infer, infer",
        "POST, /v2/models/reviews/versions/3/infer, infer",
        "POST, /predict, infer",
        "GET, /v1/models, infer or train",
        "HEAD, /v1/models, infer or train",
        "GET, /v1/models/reviews, infer or train",
        "GET, /v2/models/reviews/versions/3/ready, infer or train",
        "POST, /v2/repository/index, infer or train",
        "DELETE, /v1/models/reviews, train",
        "POST, /v1/models/reviews/versions, train",
        "GET, /v1/models/reviews/versions/3/export, train",
        "POST, /v2/repository/models/reviews/unload, train",
        "GET, /v1/files, train",
        "DELETE, /v1/files/file-1, train",
        "GET, /v1/fine_tuning/jobs/ftjob-1/events, train",
        "POST, /v1/webhook_endpoints, train",
        "GET, /v1/keys, admin",
        "DELETE, /v1/keys/key_1, admin",
        "GET, /v1/audit, admin",
        "PUT, /v1/tenants/acme/quota, admin",
        "GET, /q/metrics, admin"
    })
    void anAddressHasItsScopes(String method, String path, String words) {
        assertThat(AccessTable.listed(method, path)).isPresent();
        assertThat(AccessTable.http(method, path).words()).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /",
        "GET, /v3",
        "POST, /v1/models",
        "GET, /v1/models/reviews/classify",
        "POST, /v1/models/a/b/classify",
        "POST, /v1/models//classify",
        "POST, /v1/models/reviews/classify//",
        "POST, //predict",
        "POST, /Predict",
        "POST, /predict;a=b",
        "POST, /v1/models/a;b/classify",
        "GET, /v1/filesystem",
        "TRACE, /v1/models",
        "GET, /q/dev"
    })
    void whatIsNotListedIsForAdmins(String method, String path) {
        assertThat(AccessTable.listed(method, path)).isEmpty();
        assertThat(AccessTable.http(method, path).words()).isEqualTo("admin");
    }

    @Test
    void everyMethodOfGrpcIsListed() {
        List<String> methods =
                Stream.of(
                                GRPCInferenceServiceGrpc.getServiceDescriptor(),
                                FineTuningGrpc.getServiceDescriptor())
                        .flatMap(service -> service.getMethods().stream())
                        .map(method -> method.getFullMethodName())
                        .toList();
        assertThat(methods)
                .hasSizeGreaterThan(20)
                .allSatisfy(method -> assertThat(AccessTable.listed(method)).isPresent());
        assertThat(AccessTable.grpc("inference.GRPCInferenceService/ModelInfer").words())
                .isEqualTo("infer");
        assertThat(AccessTable.grpc("inference.GRPCInferenceService/New").words())
                .isEqualTo("admin");
        assertThat(AccessTable.grpc("grpc.health.v1.Health/Check").isOpen()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health", "/q/health/", "/q/health/ready"})
    void whatIsBeneathAnOpenAddressIsOpen(String path) {
        assertThat(new OpenPaths(List.of("/q/health/", "")).cover(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/q", "/q/healthy", "/q/health;a", "/v1/keys", ""})
    void whatIsBesideAnOpenAddressIsNot(String path) {
        assertThat(new OpenPaths(List.of("/q/health/", "")).cover(path)).isFalse();
    }

    @Test
    void changesAreWhatNeedsMoreThanInfer() {
        assertThat(isChange("DELETE", "/v1/models/reviews")).isTrue();
        assertThat(isChange("POST", "/v1/keys")).isTrue();
        assertThat(isChange("POST", "/v1/unknown")).isTrue();
        assertThat(isChange("GET", "/v1/keys")).isFalse();
        assertThat(isChange("POST", "/predict")).isFalse();
        assertThat(isChange("POST", "/v2/repository/index")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "inference.GRPCInferenceService/RepositoryModelLoad, true",
        "ortune.v1.FineTuning/UploadFile, true",
        "ortune.v1.FineTuning/DeleteFile, true",
        "ortune.v1.FineTuning/CancelJob, true",
        "ortune.v1.FineTuning/New, true",
        "ortune.v1.FineTuning/GetFileContent, false",
        "ortune.v1.FineTuning/StreamEvents, false",
        "ortune.v1.FineTuning/DryRun, false",
        "inference.GRPCInferenceService/ModelInfer, false",
        "grpc.health.v1.Health/Check, false"
    })
    void overGrpcChangesAreToldByTheirNames(String method, boolean isChange) {
        assertThat(AccessTable.isGrpcChange(method, AccessTable.grpc(method))).isEqualTo(isChange);
    }

    @Test
    void anAdminOfAnotherTenantIsNoOperator() {
        AccessRule rule = AccessTable.http("GET", "/v1/tenants/acme/quota");
        assertThatThrownBy(() -> rule.require(new Caller("acme", "a", Set.of(Scope.ADMIN))))
                .isInstanceOf(DeniedException.class)
                .hasMessageContaining("all tenants");
        rule.require(new Caller("default", "a", Set.of(Scope.ADMIN)));
        assertThatThrownBy(() -> rule.require(new Caller("default", "a", Set.of(Scope.TRAIN))))
                .hasMessageContaining("needs the scope admin");
    }

    private static boolean isChange(String method, String path) {
        return AccessTable.isChange(method, AccessTable.http(method, path));
    }
}
