package dev.ortune.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ortune.error.InvalidInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * PEFT's {@code adapter_config.json} (huggingface/peft, {@code LoraConfig}): refuses by name every
 * option that would change the model in a way that the graphs do not have.
 */
final class AdapterConfigFile {

    static final String NAME = "adapter_config.json";

    private static final String ALL_LINEAR = "all-linear";
    private static final String TASK = "SEQ_CLS";
    private static final int MAX_PATTERN_LENGTH = 1000;
    private static final int MAX_NAME_LENGTH = 500;

    /** Fields that are harmless only while they are null, false, empty or absent. */
    private static final List<String> UNSUPPORTED =
            List.of(
                    "use_dora",
                    "use_qalora",
                    "use_bdlora",
                    "rank_pattern",
                    "alpha_pattern",
                    "fan_in_fan_out",
                    "layers_to_transform",
                    "layers_pattern",
                    "layer_replication",
                    "exclude_modules",
                    "target_parameters",
                    "trainable_token_indices",
                    "alora_invocation_tokens",
                    "arrow_config",
                    "kasa_config",
                    "velora_config",
                    "monteclora_config",
                    "lora_bias");

    private final Path file;
    private final ObjectNode json;

    private AdapterConfigFile(Path file, ObjectNode json) {
        this.file = file;
        this.json = json;
    }

    /**
     * Reads and checks the file.
     *
     * @param adaptedModules the modules that have a LoRA tensor, which a regular expression in
     *     {@code target_modules} is matched against
     * @throws InvalidInputException {@code ADAPTER_FORMAT}, naming the field
     */
    static AdapterConfig read(Path file, Set<String> adaptedModules) {
        return new AdapterConfigFile(file, JsonText.readObject(file)).config(adaptedModules);
    }

    static byte[] content(AdapterConfig config) {
        ObjectNode json = JsonText.newObject();
        json.putObject("alpha_pattern");
        json.putNull("auto_mapping");
        json.put("base_model_name_or_path", config.baseModel());
        json.put("bias", "none");
        json.put("fan_in_fan_out", false);
        json.put("inference_mode", true);
        json.put("init_lora_weights", true);
        json.putNull("layers_pattern");
        json.putNull("layers_to_transform");
        if (config.alpha() == Math.rint(config.alpha()) && config.alpha() < Integer.MAX_VALUE) {
            json.put("lora_alpha", (int) config.alpha());
        } else {
            json.put("lora_alpha", config.alpha());
        }
        json.put("lora_dropout", config.dropout());
        putAll(json.putArray("modules_to_save"), config.modulesToSave());
        json.put("peft_type", "LORA");
        json.put("r", config.rank());
        json.putObject("rank_pattern");
        json.putNull("revision");
        putAll(json.putArray("target_modules"), config.targetModules());
        json.put("task_type", TASK);
        json.put("use_dora", false);
        json.put("use_rslora", false);
        return JsonText.write(json);
    }

    private AdapterConfig config(Set<String> adaptedModules) {
        requireWord("peft_type", "LORA", false);
        requireWord("task_type", TASK, true);
        requireWord("bias", "none", true);
        UNSUPPORTED.forEach(this::requireUnset);
        int rank = rank();
        return new AdapterConfig(
                json.path("base_model_name_or_path").asText(""),
                rank,
                alpha(rank),
                number("lora_dropout", 0),
                targetModules(adaptedModules),
                texts("modules_to_save"));
    }

    private void requireWord(String field, String word, boolean mayBeAbsent) {
        JsonNode value = json.path(field);
        boolean absent = value.isMissingNode() || value.isNull();
        if (absent ? !mayBeAbsent : !value.asText().equals(word)) {
            throw unsupported(field, value, "only \"" + word + "\" is");
        }
    }

    private void requireUnset(String field) {
        JsonNode value = json.path(field);
        boolean unset =
                value.isMissingNode()
                        || value.isNull()
                        || (value.isBoolean() && !value.asBoolean())
                        || (value.isContainerNode() && value.isEmpty());
        if (!unset) {
            throw unsupported(field, value, "it must be unset");
        }
    }

    private int rank() {
        JsonNode value = json.path("r");
        if (!value.isInt() || value.asInt() < 1) {
            throw AdapterFault.inFile(
                    file,
                    "\"r\" is " + shown(value) + ", which is no rank",
                    "Save the adapter again with PEFT.");
        }
        return value.asInt();
    }

    /** With {@code use_rslora} the scaling is alpha / sqrt(r): the alpha of the usual alpha / r. */
    private double alpha(int rank) {
        double alpha = number("lora_alpha", 8);
        if (alpha <= 0) {
            throw AdapterFault.inFile(
                    file, "\"lora_alpha\" is not positive", "Save the adapter again with PEFT.");
        }
        return json.path("use_rslora").asBoolean(false) ? alpha * Math.sqrt(rank) : alpha;
    }

    private double number(String field, double byDefault) {
        JsonNode value = json.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return byDefault;
        }
        if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
            throw AdapterFault.inFile(
                    file,
                    "\"" + field + "\" is " + shown(value) + ", which is no number",
                    "Save the adapter again with PEFT.");
        }
        return value.asDouble();
    }

    private List<String> targetModules(Set<String> adaptedModules) {
        JsonNode value = json.path("target_modules");
        if (!value.isTextual() || value.asText().equals(ALL_LINEAR)) {
            List<String> targets =
                    value.isTextual() ? List.of(ALL_LINEAR) : texts("target_modules");
            if (targets.isEmpty()) {
                throw unsupported("target_modules", value, "name the adapted layers");
            }
            return targets;
        }
        // PEFT takes a lone string as a regular expression for whole module names.
        if (value.asText().length() > MAX_PATTERN_LENGTH) {
            throw unsupported("target_modules", value, "it is too long");
        }
        try {
            Pattern pattern = Pattern.compile(value.asText());
            List<String> matched =
                    adaptedModules.stream()
                            .filter(name -> name.length() <= MAX_NAME_LENGTH)
                            .filter(name -> pattern.matcher(new PatientText(name)).matches())
                            .toList();
            if (matched.isEmpty()) {
                throw unsupported("target_modules", value, "it matches no tensor of the adapter");
            }
            return matched;
        } catch (PatternSyntaxException e) {
            throw unsupported("target_modules", value, "it is no regular expression");
        } catch (PatientText.ExhaustedException e) {
            throw unsupported("target_modules", value, "it takes too long to match");
        }
    }

    private List<String> texts(String field) {
        JsonNode value = json.path(field);
        List<String> texts = new ArrayList<>();
        if (value.isMissingNode() || value.isNull()) {
            return texts;
        }
        if (!value.isArray()) {
            throw unsupported(field, value, "it must be a list of names");
        }
        for (JsonNode element : value) {
            if (!element.isTextual()) {
                throw unsupported(field, value, "it must be a list of names");
            }
            texts.add(element.asText());
        }
        return texts;
    }

    private InvalidInputException unsupported(String field, JsonNode value, String rule) {
        return AdapterFault.inFile(
                file,
                "\"" + field + "\" is " + shown(value) + ", which is not supported: " + rule,
                "Use a LoRA adapter of a sequence classifier with PEFT's usual options.");
    }

    private static String shown(JsonNode value) {
        String text = value.isMissingNode() ? "absent" : value.toString();
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }

    private static void putAll(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }
}
