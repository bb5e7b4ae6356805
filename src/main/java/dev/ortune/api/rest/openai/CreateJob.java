package dev.ortune.api.rest.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ortune.api.inference.FieldFault;
import dev.ortune.api.rest.JsonFields;
import dev.ortune.tuning.Hyperparameters;
import dev.ortune.tuning.JobRequest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The body of a creation.
 *
 * @param request the job
 * @param dryRun whether it is only to be looked at
 */
record CreateJob(JobRequest request, boolean dryRun) {

    private static final Set<String> KNOWN =
            Set.of(
                    "model",
                    "training_file",
                    "validation_file",
                    "suffix",
                    "seed",
                    "metadata",
                    "method",
                    "hyperparameters",
                    "priority",
                    "dry_run",
                    "integrations");

    private static final String SUPERVISED = "supervised";
    private static final String HYPERPARAMETERS = "hyperparameters";
    private static final long MAX_PRIORITY = 100;

    /** Reads a body; unknown fields are refused by name. */
    static CreateJob parse(JsonNode body) {
        JsonFields fields = new JsonFields("", body).requireOnly(KNOWN);
        if (body.hasNonNull("integrations") && !body.get("integrations").isEmpty()) {
            throw FieldFault.of("integrations", "There are none");
        }
        long priority = fields.optionalWhole("priority").orElse(0);
        if (Math.abs(priority) > MAX_PRIORITY) {
            throw FieldFault.of(
                    "priority",
                    "The value must be between -" + MAX_PRIORITY + " and " + MAX_PRIORITY);
        }
        return new CreateJob(
                new JobRequest(
                        fields.text("model"),
                        fields.text("training_file"),
                        fields.optionalText("validation_file"),
                        fields.optionalText("suffix"),
                        fields.optionalWhole("seed"),
                        fields.optionalObject("metadata").map(CreateJob::notes).orElse(Map.of()),
                        (int) priority,
                        hyperparameters(fields)),
                fields.flag("dry_run"));
    }

    /** From the method, or from where older clients put them. */
    private static Hyperparameters hyperparameters(JsonFields fields) {
        Optional<JsonFields> older = fields.optionalObject(HYPERPARAMETERS);
        Optional<JsonFields> method = fields.optionalObject("method");
        if (older.isPresent() && method.isPresent()) {
            throw FieldFault.of(HYPERPARAMETERS, "The field cannot be combined with method");
        }
        return method.map(CreateJob::ofMethod)
                .orElse(older)
                .map(HyperparameterFields::parse)
                .orElse(Hyperparameters.DEFAULT);
    }

    private static Optional<JsonFields> ofMethod(JsonFields method) {
        if (!method.is("type", SUPERVISED)) {
            throw FieldFault.of(method.field("type"), "The value must be \"" + SUPERVISED + "\"");
        }
        method.requireOnly(Set.of("type", SUPERVISED));
        return method.optionalObject(SUPERVISED)
                .map(supervised -> supervised.requireOnly(Set.of(HYPERPARAMETERS)))
                .flatMap(supervised -> supervised.optionalObject(HYPERPARAMETERS));
    }

    private static Map<String, String> notes(JsonFields fields) {
        Map<String, String> notes = new TreeMap<>();
        fields.names().forEach(name -> notes.put(name, fields.text(name)));
        return notes;
    }
}
