package dev.ortune.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ortune.console.Console;
import dev.ortune.console.OutputOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ortune keys revoke}. */
@Command(
        name = "revoke",
        header = "A key that opens nothing any more.",
        sortOptions = false,
        description = "Revokes a key: at once, in other processes within ten seconds.")
final class RevokeKeyCommand implements Callable<Integer> {

    private final Workshop workshop;

    @Parameters(paramLabel = "KEY", description = "The key's id (key_...), as list shows it.")
    private String key;

    @Mixin private ServiceMixin service;
    @Mixin private OutputOptions output;

    RevokeKeyCommand(Workshop workshop) {
        this.workshop = workshop;
    }

    @Override
    public Integer call() {
        String path = "/v1/keys/" + URLEncoder.encode(key, StandardCharsets.UTF_8);
        JsonNode revoked = service.service(workshop).send("DELETE", path, Optional.empty());
        Console console = workshop.console();
        console.out()
                .println(
                        console.json()
                                ? revoked
                                : "The key " + revoked.path("id").asText() + " is revoked.");
        return 0;
    }
}
