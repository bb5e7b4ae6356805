package dev.ortune.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ortune.access.oidc.TestIssuer;
import dev.ortune.api.rest.TinyModels;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over HTTP nobody does what they may not. */
@QuarkusTest
@QuarkusTestResource(TinyModels.class)
@QuarkusTestResource(value = KeyedService.class, restrictToAnnotatedClass = true)
class AccessOverHttpTest {

    private static final String TEXT = "{\"text\": \"it was good\"}";
    private static final String CLASSIFY = "/v1/models/reviews/classify";

    TestIssuer issuer;

    private Asking nobody;
    private Asking admin;

    /** An operation of the OpenAPI document, its path's parts that vary filled in. */
    private record Operation(String method, String template, String scope) {

        String path() {
            return template.replaceAll("\\{[^}]+}", "x");
        }

        boolean isOpenTo(Scope owned) {
            return scope.contains(owned.word());
        }
    }

    @BeforeEach
    void connect() {
        nobody = new Asking("http://127.0.0.1:" + RestAssured.port, Optional.empty());
        admin = nobody.as(KeyedService.ADMIN_KEY);
    }

    @Test
    void everyOperationIsInTheTableOnPurpose() {
        assertThat(operations())
                .hasSizeGreaterThan(40)
                .allSatisfy(
                        operation ->
                                assertThat(AccessTable.listed(operation.method(), operation.path()))
                                        .isPresent());
    }

    @Test
    void withoutACredentialEveryOperationIsRefused() {
        for (Operation operation : operations()) {
            Asking.Answer answer = nobody.send(operation.method(), operation.path(), "");
            assertThat(answer.status()).as(operation.toString()).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate")).contains("Bearer");
            assertThat(answer.body()).contains("The request has no key.", "Authorization: Bearer");
        }
    }

    @Test
    void withAnUnknownKeyEveryOperationIsRefused() {
        Asking stranger = nobody.as("sk-ortune-" + "A".repeat(43));
        for (Operation operation : operations()) {
            Asking.Answer answer = stranger.send(operation.method(), operation.path(), "");
            assertThat(answer.status()).as(operation.toString()).isEqualTo(401);
        }
    }

    @Test
    void aKeyOpensWhatItsScopeIsForAndNothingElse() {
        for (Scope scope : Scope.values()) {
            Asking holder = nobody.as(admin.key("scoped", scope.word()));
            for (Operation operation : operations()) {
                Asking.Answer answer = holder.send(operation.method(), operation.path(), "");
                boolean isOperators = operation.template().startsWith("/v1/tenants/");
                if (operation.isOpenTo(scope) && !isOperators) {
                    assertThat(answer.status()).as(operation.toString()).isNotIn(401, 403);
                } else {
                    assertThat(answer.status()).as(scope + " " + operation).isEqualTo(403);
                    assertThat(answer.body()).doesNotContain("sk-ortune");
                }
            }
        }
    }

    @Test
    void eachProtocolIsRefusedInItsOwnWords() {
        JsonNode problem = nobody.post(CLASSIFY, TEXT).json();
        assertThat(problem.path("code").asText()).isEqualTo("UNAUTHENTICATED");
        assertThat(problem.path("status").asInt()).isEqualTo(401);
        assertThat(nobody.post("/v2/models/reviews/infer", "{}").json().path("error").asText())
                .startsWith("The request has no key.");
        JsonNode tei = nobody.post("/predict", "{}").json();
        assertThat(tei.path("error").asText()).startsWith("The request has no key.");
        assertThat(tei.path("error_type").asText()).isEqualTo("Validation");
        assertThat(nobody.get("/v1/files").json().at("/error/type").asText())
                .isEqualTo("authentication_error");
    }

    @Test
    void healthAndTheDescriptionAreOpenAndMetricsAreTheOperators() {
        assertThat(nobody.get("/q/health/ready").status()).isEqualTo(200);
        assertThat(nobody.get("/q/health/live").status()).isEqualTo(200);
        assertThat(nobody.get("/q/openapi").status()).isEqualTo(200);
        assertThat(nobody.get("/q/metrics").status()).isEqualTo(401);
        assertThat(nobody.as(admin.key("acme", "admin")).get("/q/metrics").status()).isEqualTo(403);
        assertThat(admin.get("/q/metrics").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/keys;a=b",
                "/v1;a=b/keys",
                "//v1/keys",
                "/v1//keys",
                "/v1/keys/",
                "/v1/%6beys",
                "/V1/keys",
                "/q/health/../../v1/keys",
                "/q/health/%2e%2e/%2e%2e/v1/keys",
                "/q/health;/../../v1/keys",
                "/v1/models/../keys",
                "/v1/models/x/classify/../../../keys",
                "/v1/models/..%2fkeys",
                "/unknown"
            })
    void noSpellingOfAnAddressGoesRound(String path) {
        assertThat(nobody.get(path).status()).as("nobody").isEqualTo(401);
        Asking.Answer answer = nobody.as(admin.key("acme", "infer")).get(path);
        assertThat(answer.status()).as("infer").isIn(400, 403, 404);
        assertThat(answer.body()).doesNotContain("\"keys\"", "\"secret\"");
    }

    @Test
    void whatDoesNotExistIsTheAdminsToKnow() {
        assertThat(nobody.get("/v1/none").status()).isEqualTo(401);
        assertThat(admin.get("/v1/none").status()).isEqualTo(404);
    }

    @Test
    void aTokenOfTheIssuerIsAsGoodAsAKey() {
        String infer = issuer.token(issuer.claims("default", "infer"));
        assertThat(nobody.as(infer).post(CLASSIFY, TEXT).status()).isEqualTo(200);
        assertThat(nobody.as(infer).get("/v1/files").status()).isEqualTo(403);
        String train = issuer.token(issuer.claims("default", "ortune:train"));
        assertThat(nobody.as(train).post(CLASSIFY, TEXT).status()).isEqualTo(403);
        assertThat(nobody.as(train).get("/v1/files").status()).isEqualTo(200);
        JwtClaims expired = issuer.claims("default", "infer");
        expired.setExpirationTimeMinutesInTheFuture(-5);
        Asking.Answer answer = nobody.as(issuer.token(expired)).post(CLASSIFY, TEXT);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).contains("has expired");
        String forged = issuer.forged(issuer.claims("default", "infer"));
        assertThat(nobody.as(forged).post(CLASSIFY, TEXT).status()).isEqualTo(401);
    }

    @Test
    void aKeyWorksUntilItIsRevoked() {
        Asking.Answer created =
                admin.post("/v1/keys", "{\"name\": \"short life\", \"scopes\": [\"infer\"]}");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("Cache-Control")).contains("no-store");
        String id = created.json().path("id").asText();
        assertThat(created.header("Location").orElseThrow()).endsWith("/v1/keys/" + id);
        Asking holder = nobody.as(created.json().path("secret").asText());
        assertThat(holder.post(CLASSIFY, TEXT).status()).isEqualTo(200);
        assertThat(admin.get("/v1/keys").body()).contains(id).doesNotContain("sk-ortune-");
        Asking.Answer revoked = admin.send("DELETE", "/v1/keys/" + id, "");
        assertThat(revoked.status()).isEqualTo(200);
        assertThat(revoked.json().path("revoked_at").asText()).isNotEmpty();
        assertThat(holder.post(CLASSIFY, TEXT).status()).isEqualTo(401);
    }

    @Test
    void whatIsNoKeyIsNotCreated() {
        for (String body :
                List.of(
                        "{\"name\": \"a\"}",
                        "{\"scopes\": [\"infer\"]}",
                        "{\"name\": \"a\", \"scopes\": [\"root\"]}",
                        "{\"name\": \"a\", \"scopes\": [\"infer\"], \"tenant\": \"A\"}",
                        "{\"name\": \"a\", \"scopes\": [\"infer\"], \"expires_at\": \"soon\"}",
                        "{\"name\": \"a\", \"scopes\": [\"infer\"], \"secret\": \"mine\"}",
                        "[]",
                        "")) {
            Asking.Answer answer = admin.post("/v1/keys", body);
            assertThat(answer.status()).as(body).isEqualTo(400);
            assertThat(answer.json().path("code").asText()).isEqualTo("INVALID_REQUEST");
        }
        assertThat(admin.send("DELETE", "/v1/keys/key_none", "").status()).isEqualTo(404);
    }

    @Test
    void anAdminSeesNoOtherTenantsKeys() {
        Asking acme = nobody.as(admin.key("acme", "admin"));
        Asking umbrella = nobody.as(admin.key("umbrella", "admin"));
        JsonNode own = umbrella.get("/v1/keys").json().path("keys");
        assertThat(own).isNotEmpty();
        assertThat(own)
                .allSatisfy(key -> assertThat(key.path("tenant").asText()).isEqualTo("umbrella"));
        String id = own.path(0).path("id").asText();
        assertThat(acme.get("/v1/keys").body()).doesNotContain(id, "umbrella");
        assertThat(acme.get("/v1/keys?tenant=umbrella").status()).isEqualTo(403);
        assertThat(acme.send("DELETE", "/v1/keys/" + id, "").status()).isEqualTo(404);
        assertThat(
                        acme.post(
                                        "/v1/keys",
                                        "{\"name\": \"a\", \"scopes\": [\"infer\"],"
                                                + " \"tenant\": \"umbrella\"}")
                                .status())
                .isEqualTo(403);
        assertThat(umbrella.get("/v1/keys").status()).isEqualTo(200);
        assertThat(admin.get("/v1/keys?tenant=umbrella").body()).contains(id);
    }

    @Test
    void changesAreInTheAuditLogAndInferencesAreNot() throws InterruptedException {
        Asking acme = nobody.as(admin.key("audited", "admin", "infer"));
        acme.post("/v1/models/secret-text/classify", TEXT);
        acme.get("/v1/keys");
        assertThat(acme.send("DELETE", "/v1/models/audited-model", "").status()).isEqualTo(403);
        String id =
                acme.post("/v1/keys", "{\"name\": \"b\", \"scopes\": [\"infer\"]}")
                        .json()
                        .path("id")
                        .asText();
        acme.send("DELETE", "/v1/keys/" + id, "");
        JsonNode entries = awaitEntries(acme, 3);
        assertThat(entries).hasSize(3);
        assertThat(entries)
                .extracting(
                        entry ->
                                entry.path("action").asText()
                                        + " "
                                        + entry.path("object").asText()
                                        + " "
                                        + entry.path("outcome").asText())
                .containsExactly(
                        "DELETE /v1/models/audited-model 403",
                        "POST /v1/keys 201",
                        "DELETE /v1/keys/" + id + " 200");
        assertThat(entries)
                .allSatisfy(
                        entry -> {
                            assertThat(entry.path("tenant").asText()).isEqualTo("audited");
                            assertThat(entry.path("caller").asText()).startsWith("test (key_");
                            assertThat(entry.path("address").asText()).isEqualTo("127.0.0.1");
                        });
        assertThat(admin.get("/v1/audit?limit=1000").body())
                .contains("ORTUNE_ADMIN_KEY", "audited-model")
                .doesNotContain("sk-ortune-", KeyedService.ADMIN_KEY);
        JsonNode page = acme.get("/v1/audit?limit=2").json();
        assertThat(page.path("has_more").asBoolean()).isTrue();
        String after = page.at("/entries/1/number").asText();
        assertThat(acme.get("/v1/audit?after=" + after).json().path("entries")).hasSize(1);
        for (String query : List.of("after=x", "after=-1", "limit=0", "limit=1001")) {
            assertThat(acme.get("/v1/audit?" + query).status()).as(query).isEqualTo(400);
        }
    }

    @Test
    void aTenantThatAsksTooOftenIsToldWhenToComeBack() {
        Asking.Answer given =
                admin.send(
                        "PUT",
                        "/v1/tenants/slow/quota",
                        "{\"requests_per_second\": 0.1, \"rows\": 1000}");
        assertThat(given.status()).isEqualTo(200);
        assertThat(given.json().at("/effective/rows").asLong()).isEqualTo(1000);
        Asking slow = nobody.as(admin.key("slow", "infer"));
        assertThat(slow.get("/v1/models").status()).isEqualTo(200);
        Asking.Answer refused = slow.get("/v1/models");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).contains("10");
        assertThat(refused.json().path("code").asText()).isEqualTo("RATE_LIMITED");
        assertThat(slow.post("/predict", "{}").json().path("error_type").asText())
                .isEqualTo("Overloaded");
        assertThat(nobody.as(admin.key("fast", "infer")).get("/v1/models").status()).isEqualTo(200);
        assertThat(admin.send("PUT", "/v1/tenants/slow/quota", "{}").status()).isEqualTo(200);
        assertThat(slow.get("/v1/models").status()).isEqualTo(200);
        assertThat(admin.send("PUT", "/v1/tenants/slow/quota", "{\"rows\": -1}").status())
                .isEqualTo(400);
        assertThat(admin.get("/v1/tenants/No/quota").status()).isEqualTo(400);
    }

    @Test
    void anUploadIsRefusedBeforeItIsRead() {
        String large = "x".repeat(TinyModels.MAX_UPLOAD_BYTES / 2);
        assertThat(nobody.post("/v1/models/new/versions", large).status()).isEqualTo(401);
        assertThat(nobody.post("/v1/files", large).status()).isEqualTo(401);
    }

    private static JsonNode awaitEntries(Asking asking, int count) throws InterruptedException {
        JsonNode entries = asking.get("/v1/audit").json().path("entries");
        for (int attempt = 0; attempt < 100 && entries.size() < count; attempt++) {
            Thread.sleep(50);
            entries = asking.get("/v1/audit").json().path("entries");
        }
        return entries;
    }

    private List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        JsonNode document = nobody.get("/q/openapi?format=json").json();
        document.path("paths")
                .properties()
                .forEach(
                        path ->
                                path.getValue()
                                        .properties()
                                        .forEach(
                                                method -> {
                                                    if (method.getValue().has("operationId")) {
                                                        operations.add(
                                                                new Operation(
                                                                        method.getKey()
                                                                                .toUpperCase(
                                                                                        java.util
                                                                                                .Locale
                                                                                                .ROOT),
                                                                        path.getKey(),
                                                                        method.getValue()
                                                                                .path(
                                                                                        "x-ortune-scope")
                                                                                .asText()));
                                                    }
                                                }));
        return operations;
    }
}
