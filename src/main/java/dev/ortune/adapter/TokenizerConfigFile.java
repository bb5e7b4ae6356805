package dev.ortune.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ortune.tokenizer.TruncationSide;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** {@code tokenizer_config.json}, as Transformers' AutoTokenizer reads it. */
final class TokenizerConfigFile {

    static final String NAME = "tokenizer_config.json";

    private static final String MAX_LENGTH = "model_max_length";
    private static final String SIDE = "truncation_side";

    /** The roles of BERT's special tokens. */
    private static final Map<String, String> ROLES =
            new TreeMap<>(
                    Map.of(
                            "cls_token", "[CLS]",
                            "sep_token", "[SEP]",
                            "pad_token", "[PAD]",
                            "unk_token", "[UNK]",
                            "mask_token", "[MASK]"));

    private TokenizerConfigFile() {}

    /** The limits that the file beside an adapter sets, if any. */
    static TextLimits readLimits(Path folder) {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            return TextLimits.DEFAULTS;
        }
        ObjectNode json = JsonText.readObject(file);
        JsonNode length = json.path(MAX_LENGTH);
        // Transformers writes 1e30 for "no limit".
        boolean limited = length.isInt() && length.asInt() > 0;
        return new TextLimits(
                limited ? OptionalInt.of(length.asInt()) : OptionalInt.empty(),
                json.path(SIDE).asText("").equals("left")
                        ? TruncationSide.LEFT
                        : TruncationSide.RIGHT);
    }

    /**
     * The file's content.
     *
     * @param tokenizer the parsed {@code tokenizer.json}
     */
    static byte[] content(JsonNode tokenizer, TextLimits limits) {
        ObjectNode json = JsonText.newObject();
        // Without token types: DistilBERT has none, and BERT takes them as 0 by itself.
        json.putArray("model_input_names").add("input_ids").add("attention_mask");
        limits.maxTokens().ifPresent(tokens -> json.put(MAX_LENGTH, tokens));
        ROLES.forEach(
                (role, token) -> {
                    if (isAddedToken(tokenizer, token)) {
                        json.put(role, token);
                    }
                });
        json.put("tokenizer_class", "PreTrainedTokenizerFast");
        json.put(SIDE, limits.truncationSide().name().toLowerCase(Locale.ROOT));
        return JsonText.write(json);
    }

    private static boolean isAddedToken(JsonNode tokenizer, String token) {
        for (JsonNode added : tokenizer.path("added_tokens")) {
            if (added.path("content").asText().equals(token)) {
                return true;
            }
        }
        return false;
    }
}
