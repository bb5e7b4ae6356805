package dev.ortune.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ortune.console.Console;
import dev.ortune.console.OutputOptions;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ortune keys create}. */
@Command(
        name = "create",
        header = "A new key; its secret is shown once.",
        sortOptions = false,
        description =
                "Creates a key and prints its secret, which nobody keeps, on standard output.")
final class CreateKeyCommand implements Callable<Integer> {

    private final Workshop workshop;

    @Option(names = "--name", paramLabel = "NAME", required = true, description = "For people.")
    private String name;

    @Option(
            names = "--scopes",
            paramLabel = "SCOPE",
            split = ",",
            required = true,
            description = "Some of infer, train and admin, separated by commas.")
    private List<String> scopes;

    @Option(
            names = "--tenant",
            paramLabel = "TENANT",
            description = "Whose key it is (that of the caller).")
    private Optional<String> tenant = Optional.empty();

    @Option(
            names = "--expires-in-days",
            paramLabel = "DAYS",
            description = "When it stops to be valid (never).")
    private Optional<Integer> days = Optional.empty();

    @Mixin private ServiceMixin service;
    @Mixin private OutputOptions output;

    CreateKeyCommand(Workshop workshop) {
        this.workshop = workshop;
    }

    @Override
    public Integer call() {
        ObjectNode request = JsonMapper.builder().build().createObjectNode().put("name", name);
        scopes.forEach(request.putArray("scopes")::add);
        tenant.ifPresent(value -> request.put("tenant", value));
        days.ifPresent(value -> request.put("expires_at", end(value).toString()));
        JsonNode key = service.service(workshop).send("POST", "/v1/keys", Optional.of(request));
        Console console = workshop.console();
        if (console.json()) {
            console.out().println(key);
        } else {
            console.notice(
                    "The key "
                            + key.path("id").asText()
                            + " of the tenant "
                            + key.path("tenant").asText()
                            + " is valid from now on. Its secret is shown this once:");
            console.out().println(key.path("secret").asText());
        }
        return 0;
    }

    private static Instant end(int days) {
        if (days < 1) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    "--expires-in-days must be at least 1, not " + days + ".",
                    "Leave it out for a key that stays valid.");
        }
        return Instant.now().plus(Duration.ofDays(days));
    }
}
