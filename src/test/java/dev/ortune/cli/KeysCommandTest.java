package dev.ortune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ortune keys}, against a server that remembers what it was asked. */
class KeysCommandTest {

    private static final String KEY =
            "{\"id\": \"key_1\", \"tenant\": \"acme\", \"name\": \"ci\", \"scopes\": [\"infer\","
                    + " \"train\"], \"created_at\": \"2026-01-02T03:04:05.678Z\"";

    private record Asked(String request, String authorization, JsonNode body) {}

    @TempDir private Path folder;
    private final List<Asked> asked = new ArrayList<>();
    private HttpServer server;
    private int status = 200;
    private String answer = "{}";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "list", "revoke"})
    void everyCommandHasItsHelp(String command) {
        CommandLineRun run = CommandLineRun.of(folder, "keys", command, "--help");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("Usage: ortune keys " + command, "--url", "--json");
    }

    @Test
    void keysAloneNamesItsCommands() {
        assertThat(CommandLineRun.of(folder, "keys", "--help").out())
                .contains("create", "list", "revoke", "ORTUNE_API_KEY");
        CommandLineRun run = CommandLineRun.of(folder, "keys");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("create, list or revoke");
    }

    @Test
    void aNewKeysSecretIsAllThatIsOnStandardOutput() {
        status = 201;
        answer = KEY + ", \"secret\": \"sk-ortune-x\"}";
        CommandLineRun run = run("create", "--name", "ci", "--scopes", "infer,train");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().strip()).isEqualTo("sk-ortune-x");
        assertThat(run.err()).contains("key_1", "acme", "this once");
        assertThat(asked).hasSize(1);
        assertThat(asked.get(0).request()).isEqualTo("POST /v1/keys");
        assertThat(asked.get(0).authorization()).isEqualTo("Bearer admin-key");
        assertThat(asked.get(0).body())
                .isEqualTo(json("{\"name\": \"ci\", \"scopes\": [\"infer\", \"train\"]}"));
    }

    @Test
    void aNewKeyMayBeAnotherTenantsAndHaveAnEnd() {
        answer = KEY + ", \"secret\": \"sk-ortune-x\"}";
        CommandLineRun run =
                run(
                        "create",
                        "--name=ci",
                        "--scopes=infer",
                        "--tenant=acme",
                        "--expires-in-days=7",
                        "--json");
        assertThat(run.json().path("secret").asText()).isEqualTo("sk-ortune-x");
        assertThat(asked.get(0).body().path("tenant").asText()).isEqualTo("acme");
        assertThat(asked.get(0).body().path("expires_at").asText()).matches("\\d{4}-.*Z");
        assertThat(run("create", "--name=a", "--scopes=infer", "--expires-in-days=0").exitCode())
                .isEqualTo(2);
    }

    @Test
    void keysAreListedWithTheirState() {
        answer =
                "{\"keys\": ["
                        + KEY
                        + ", \"last_used_at\": \"2026-03-04T05:06:07Z\"}, "
                        + KEY
                        + ", \"revoked_at\": \"2026-05-06T07:08:09Z\"}]}";
        CommandLineRun run = run("list", "--tenant", "acme");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("KEY", "key_1", "acme", "infer,train", "2026-03-04T05:06Z", "valid")
                .contains("never", "revoked 2026-05-06T07:08Z");
        assertThat(asked.get(0).request()).isEqualTo("GET /v1/keys?tenant=acme");
        assertThat(run("list", "--json").json().path("keys")).hasSize(2);
    }

    @Test
    void aKeyIsRevoked() {
        answer = KEY + "}";
        CommandLineRun run = run("revoke", "key_1");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("key_1 is revoked");
        assertThat(asked.get(0).request()).isEqualTo("DELETE /v1/keys/key_1");
    }

    @Test
    void whatTheServiceRefusesIsToldWithItsRemedy() {
        answer = "{\"detail\": \"The request has no key.\", \"remedy\": \"Send one.\"}";
        status = 401;
        CommandLineRun run = run("list");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains(
                        "error: The request has no key.", "  try: Set ORTUNE_API_KEY", "Send one.");
        status = 403;
        assertThat(run("list", "--json").json().at("/error/code").asText()).isEqualTo("FORBIDDEN");
        status = 404;
        assertThat(run("revoke", "key_2", "--json").json().at("/error/code").asText())
                .isEqualTo("KEY_NOT_FOUND");
        status = 503;
        assertThat(run("list").exitCode()).isEqualTo(1);
        answer = "<html>";
        status = 200;
        assertThat(run("list").exitCode()).isZero();
    }

    @Test
    void aServiceThatDoesNotRunIsToldSo() {
        server.stop(0);
        CommandLineRun run = run("list");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("No service answers", "./ortune serve", "--url");
        assertThat(CommandLineRun.of(folder, "keys", "list", "--url", "nowhere").exitCode())
                .isEqualTo(2);
    }

    private CommandLineRun run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("keys"));
        all.addAll(Arrays.asList(arguments));
        all.add("--url=http://127.0.0.1:" + server.getAddress().getPort() + "/");
        return CommandLineRun.of(
                folder, Map.of("ORTUNE_API_KEY", "admin-key"), all.toArray(String[]::new));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(
                new Asked(
                        exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                        exchange.getRequestHeaders().getFirst("Authorization"),
                        json(body.isEmpty() ? "{}" : body)));
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static JsonNode json(String text) {
        try {
            return JsonMapper.builder().build().readTree(text);
        } catch (IOException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
