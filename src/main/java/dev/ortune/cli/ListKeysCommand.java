package dev.ortune.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ortune.console.Console;
import dev.ortune.console.OutputOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ortune keys list}. */
@Command(name = "list", header = "All keys, without their secrets.", sortOptions = false)
final class ListKeysCommand implements Callable<Integer> {

    private final Workshop workshop;

    @Option(names = "--tenant", paramLabel = "TENANT", description = "Only keys of this tenant.")
    private Optional<String> tenant = Optional.empty();

    @Mixin private ServiceMixin service;
    @Mixin private OutputOptions output;

    ListKeysCommand(Workshop workshop) {
        this.workshop = workshop;
    }

    @Override
    public Integer call() {
        String query =
                tenant.map(name -> "?tenant=" + URLEncoder.encode(name, StandardCharsets.UTF_8))
                        .orElse("");
        JsonNode answer =
                service.service(workshop).send("GET", "/v1/keys" + query, Optional.empty());
        Console console = workshop.console();
        if (console.json()) {
            console.out().println(answer);
            return 0;
        }
        console.out().println(row("KEY", "TENANT", "NAME", "SCOPES", "LAST USED", "STATE"));
        for (JsonNode key : answer.path("keys")) {
            StringJoiner scopes = new StringJoiner(",");
            key.path("scopes").forEach(scope -> scopes.add(scope.asText()));
            console.out()
                    .println(
                            row(
                                    key.path("id").asText(),
                                    key.path("tenant").asText(),
                                    key.path("name").asText(),
                                    scopes.toString(),
                                    day(key.path("last_used_at")).orElse("never"),
                                    state(key)));
        }
        return 0;
    }

    private static String row(Object... cells) {
        return String.format(Locale.ROOT, "%-30s  %-12s  %-16s  %-18s  %-20s  %s", cells)
                .stripTrailing();
    }

    private static String state(JsonNode key) {
        return day(key.path("revoked_at"))
                .map(day -> "revoked " + day)
                .or(() -> day(key.path("expires_at")).map(day -> "until " + day))
                .orElse("valid");
    }

    private static Optional<String> day(JsonNode time) {
        String text = time.asText();
        return text.isEmpty() ? Optional.empty() : Optional.of(text.substring(0, 16) + "Z");
    }
}
