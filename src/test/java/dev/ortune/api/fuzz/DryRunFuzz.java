package dev.ortune.api.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ortune.api.fuzz.RawRequest.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Uploads files that no program should have written and asks what would become of a job with them. */
final class DryRunFuzz {

    private static final String BOUNDARY = "ortune-rows";
    private static final Header KEY =
            new Header("Authorization", "Bearer " + FuzzedService.ADMIN_KEY);
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final FuzzRun run;
    private final Draw draw;
    private final RowsDraw rows;

    DryRunFuzz(FuzzRun run, Draw draw) {
        this.run = run;
        this.draw = draw;
        this.rows = new RowsDraw(draw);
    }

    /** Asks; what was wrong is the run's. */
    void run(long count) throws IOException {
        for (long number = 1; number <= count; number++) {
            RowsDraw.File file = draw.chance(0.1) ? rows.good() : rows.odd();
            Optional<String> id = id(run.ask(run.operation("POST", "/v1/files"), upload(file)));
            if (id.isPresent()) {
                run.ask(run.operation("POST", "/v1/fine_tuning/jobs"), dryRun(id.get()));
                run.ask(
                        run.operation("DELETE", "/v1/files/{file}"),
                        new RawRequest(
                                "DELETE", "/v1/files/" + id.get(), List.of(KEY), new byte[0]));
            }
        }
    }

    private static Optional<String> id(RawAnswer answer) {
        return AnswerRules.parsed(answer)
                .map(body -> body.path("id"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue);
    }

    private static RawRequest upload(RowsDraw.File file) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(
                Draw.utf8(
                        "--"
                                + BOUNDARY
                                + "\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\n"
                                + "fine-tune\r\n--"
                                + BOUNDARY
                                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                                + file.name()
                                + "\"\r\n\r\n"));
        body.writeBytes(file.content());
        body.writeBytes(Draw.utf8("\r\n--" + BOUNDARY + "--\r\n"));
        return new RawRequest(
                "POST",
                "/v1/files",
                List.of(
                        KEY,
                        new Header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)),
                body.toByteArray());
    }

    private RawRequest dryRun(String file) {
        ObjectNode body = NODES.objectNode();
        body.put("model", "distilbert-tiny").put("training_file", file).put("dry_run", true);
        ObjectNode chosen = NODES.objectNode();
        if (draw.chance(0.2)) {
            body.put("validation_file", file);
        }
        if (draw.chance(0.3)) {
            chosen.put("problem_type", draw.of(List.of("multi_label", "single_label")));
        }
        if (draw.chance(0.2)) {
            chosen.put("class_weights", "balanced");
        }
        if (draw.chance(0.2)) {
            chosen.put("max_length", 1 + draw.below(64));
        }
        if (draw.chance(0.2)) {
            chosen.put("batch_size", 1 + draw.below(1000)).put("n_epochs", 1 + draw.below(1000));
        }
        body.set("hyperparameters", chosen);
        return new RawRequest(
                "POST",
                "/v1/fine_tuning/jobs",
                List.of(KEY, new Header("Content-Type", "application/json")),
                JsonBytes.of(body));
    }
}
