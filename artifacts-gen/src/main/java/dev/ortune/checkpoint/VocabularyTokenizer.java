package dev.ortune.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InternalException;
import dev.ortune.error.InvalidInputException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes a {@code tokenizer.json} from a BERT {@code vocab.txt}, with the content that transformers'
 * fast BertTokenizer saves for the same files.
 */
final class VocabularyTokenizer {

    private static final String CONTINUATION = "##";
    private static final int MAXIMUM_WORD_CHARACTERS = 100;

    private final JsonNodeFactory json = JsonNodeFactory.instance;
    private final Vocabulary vocabulary;
    private final BertTokenizerConfig config;
    private final AddedToken unknown;
    private final AddedToken separator;
    private final AddedToken classification;
    private final SortedMap<Integer, AddedToken> addedTokens;

    /**
     * Checks that the vocabulary has the tokens that every text needs.
     *
     * @throws InvalidInputException {@code TOKENIZER_FORMAT} when it lacks the unknown, separator
     *     or classification token
     */
    VocabularyTokenizer(Vocabulary vocabulary, BertTokenizerConfig config) {
        this.vocabulary = vocabulary;
        this.config = config;
        this.unknown = required("unk_token", "[UNK]");
        this.separator = required("sep_token", "[SEP]");
        this.classification = required("cls_token", "[CLS]");
        this.addedTokens = allAddedTokens();
    }

    /** The file's content as UTF-8. */
    byte[] tokenizerJson() {
        ObjectNode root = json.objectNode();
        root.put("version", "1.0");
        root.putNull("truncation");
        root.putNull("padding");
        root.set("added_tokens", addedTokensNode());
        root.set("normalizer", normalizer());
        root.set("pre_tokenizer", json.objectNode().put("type", "BertPreTokenizer"));
        root.set("post_processor", postProcessor());
        root.set(
                "decoder",
                json.objectNode()
                        .put("type", "WordPiece")
                        .put("prefix", CONTINUATION)
                        .put("cleanup", true));
        root.set("model", model());
        try {
            return new ObjectMapper().writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new InternalException("A JSON tree could not be written.", e);
        }
    }

    private AddedToken required(String role, String byDefault) {
        AddedToken token = config.specialToken(role, byDefault);
        if (vocabulary.id(token.content()).isEmpty()) {
            throw new InvalidInputException(
                    ErrorCode.TOKENIZER_FORMAT,
                    vocabulary.file() + " lacks the " + role + " '" + token.content() + "'.",
                    "Use the vocabulary that belongs to the model, or provide a tokenizer.json.");
        }
        return token;
    }

    private SortedMap<Integer, AddedToken> allAddedTokens() {
        SortedMap<Integer, AddedToken> tokens = new TreeMap<>(config.addedTokens());
        int next = vocabulary.ids().size();
        List<AddedToken> special =
                List.of(
                        unknown,
                        separator,
                        config.specialToken("pad_token", "[PAD]"),
                        classification,
                        config.specialToken("mask_token", "[MASK]"));
        for (AddedToken token : special) {
            boolean listed =
                    tokens.values().stream()
                            .anyMatch(known -> known.content().equals(token.content()));
            if (listed) {
                continue;
            }
            while (tokens.containsKey(next)) {
                next++;
            }
            tokens.put(vocabulary.id(token.content()).orElse(next), token);
        }
        return tokens;
    }

    private ArrayNode addedTokensNode() {
        ArrayNode nodes = json.arrayNode();
        addedTokens.forEach(
                (id, token) ->
                        nodes.addObject()
                                .put("id", id)
                                .put("content", token.content())
                                .put("single_word", token.singleWord())
                                .put("lstrip", token.leftStrip())
                                .put("rstrip", token.rightStrip())
                                .put("normalized", token.normalized())
                                .put("special", token.special()));
        return nodes;
    }

    private ObjectNode normalizer() {
        ObjectNode node = json.objectNode();
        node.put("type", "BertNormalizer");
        node.put("clean_text", true);
        node.put("handle_chinese_chars", config.handleChineseCharacters());
        node.put("strip_accents", config.stripAccents().orElse(null));
        node.put("lowercase", config.lowerCase());
        return node;
    }

    private ObjectNode postProcessor() {
        ObjectNode node = json.objectNode();
        node.put("type", "TemplateProcessing");
        node.set(
                "single",
                json.arrayNode()
                        .add(special(classification, 0))
                        .add(sequence("A", 0))
                        .add(special(separator, 0)));
        node.set(
                "pair",
                json.arrayNode()
                        .add(special(classification, 0))
                        .add(sequence("A", 0))
                        .add(special(separator, 0))
                        .add(sequence("B", 1))
                        .add(special(separator, 1)));
        ObjectNode tokens = node.putObject("special_tokens");
        for (AddedToken token : List.of(classification, separator)) {
            ObjectNode entry = tokens.putObject(token.content());
            entry.put("id", token.content());
            entry.putArray("ids").add(vocabulary.id(token.content()).orElseThrow());
            entry.putArray("tokens").add(token.content());
        }
        return node;
    }

    private ObjectNode special(AddedToken token, int typeId) {
        return templatePart("SpecialToken", token.content(), typeId);
    }

    private ObjectNode sequence(String name, int typeId) {
        return templatePart("Sequence", name, typeId);
    }

    private ObjectNode templatePart(String kind, String id, int typeId) {
        ObjectNode part = json.objectNode();
        part.putObject(kind).put("id", id).put("type_id", typeId);
        return part;
    }

    private ObjectNode model() {
        ObjectNode node = json.objectNode();
        node.put("type", "WordPiece");
        node.put("unk_token", unknown.content());
        node.put("continuing_subword_prefix", CONTINUATION);
        node.put("max_input_chars_per_word", MAXIMUM_WORD_CHARACTERS);
        ObjectNode ids = node.putObject("vocab");
        vocabulary.ids().forEach(ids::put);
        return node;
    }
}
