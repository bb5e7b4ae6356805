package dev.ortune.api.rest.openai;

import dev.ortune.api.inference.FieldFault;
import dev.ortune.api.rest.JsonFields;
import dev.ortune.graph.ProblemType;
import dev.ortune.tokenizer.TruncationSide;
import dev.ortune.train.Schedule;
import dev.ortune.tuning.ClassWeights;
import dev.ortune.tuning.Hyperparameters;
import dev.ortune.tuning.LoraChoice;
import dev.ortune.tuning.StoppingChoice;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** The hyperparameters of a request: OpenAI's, and ours beside them. */
final class HyperparameterFields {

    private static final String AUTO = "auto";

    private static final Set<String> KNOWN =
            Set.of(
                    "n_epochs",
                    "batch_size",
                    "learning_rate_multiplier",
                    "learning_rate",
                    "lr_scheduler_type",
                    "gradient_accumulation_steps",
                    "warmup_ratio",
                    "weight_decay",
                    "max_grad_norm",
                    "max_length",
                    "truncation_side",
                    "group_by_length",
                    "max_steps",
                    "early_stopping",
                    "class_weights",
                    "problem_type",
                    "lora");

    private final JsonFields fields;

    private HyperparameterFields(JsonFields fields) {
        this.fields = fields;
    }

    /** Reads them; what is left out or {@code auto} has its default. */
    static Hyperparameters parse(JsonFields fields) {
        return new HyperparameterFields(fields.requireOnly(KNOWN)).parse();
    }

    private Hyperparameters parse() {
        Hyperparameters standard = Hyperparameters.DEFAULT;
        return new Hyperparameters(
                whole("n_epochs").orElse(standard.epochs()),
                whole("batch_size").orElse(standard.batchSize()),
                whole("gradient_accumulation_steps").orElse(standard.gradientAccumulation()),
                learningRate(),
                choice("lr_scheduler_type", Schedule.values()).orElse(standard.schedule()),
                number("warmup_ratio").orElse(standard.warmupRatio()),
                number("weight_decay").orElse(standard.weightDecay()),
                number("max_grad_norm").orElse(standard.maxGradientNorm()),
                whole("max_length"),
                choice("truncation_side", TruncationSide.values())
                        .orElse(standard.truncationSide()),
                fields.flag("group_by_length"),
                whole("max_steps"),
                fields.optionalObject("early_stopping").map(HyperparameterFields::stopping),
                classWeights(),
                choice("problem_type", ProblemType.values()).orElse(standard.problemType()),
                fields.optionalObject("lora")
                        .map(HyperparameterFields::lora)
                        .orElse(standard.lora()));
    }

    private double learningRate() {
        OptionalDouble rate = number("learning_rate");
        OptionalDouble multiplier = number("learning_rate_multiplier");
        if (rate.isPresent() && multiplier.isPresent()) {
            throw FieldFault.of(
                    fields.field("learning_rate"),
                    "The field cannot be combined with learning_rate_multiplier");
        }
        return rate.orElse(multiplier.orElse(1) * Hyperparameters.DEFAULT_LEARNING_RATE);
    }

    private static StoppingChoice stopping(JsonFields fields) {
        fields.requireOnly(Set.of("patience", "min_delta"));
        OptionalLong patience = fields.optionalWhole("patience");
        return new StoppingChoice(
                toInt(fields.field("patience"), patience.orElse(StoppingChoice.DEFAULT.patience())),
                fields.optionalNumber("min_delta").orElse(StoppingChoice.DEFAULT.minDelta()));
    }

    private static LoraChoice lora(JsonFields fields) {
        fields.requireOnly(Set.of("r", "alpha", "dropout", "target_modules"));
        LoraChoice standard = LoraChoice.DEFAULT;
        List<String> targets = fields.texts("target_modules");
        return new LoraChoice(
                toInt(fields.field("r"), fields.optionalWhole("r").orElse(standard.rank())),
                fields.optionalNumber("alpha").orElse(standard.alpha()),
                fields.optionalNumber("dropout").orElse(standard.dropout()),
                targets);
    }

    private Optional<ClassWeights> classWeights() {
        if (fields.is("class_weights", ClassWeights.BALANCED)) {
            return Optional.of(new ClassWeights.Balanced());
        }
        return fields.optionalObject("class_weights")
                .map(
                        object -> {
                            Map<String, Double> weights = new TreeMap<>();
                            object.names()
                                    .forEach(
                                            label ->
                                                    weights.put(
                                                            label,
                                                            object.optionalNumber(label)
                                                                    .orElse(1)));
                            return new ClassWeights.Given(weights);
                        });
    }

    private OptionalInt whole(String name) {
        if (fields.is(name, AUTO)) {
            return OptionalInt.empty();
        }
        OptionalLong value = fields.optionalWhole(name);
        return value.isPresent()
                ? OptionalInt.of(toInt(fields.field(name), value.getAsLong()))
                : OptionalInt.empty();
    }

    private OptionalDouble number(String name) {
        return fields.is(name, AUTO) ? OptionalDouble.empty() : fields.optionalNumber(name);
    }

    private <E extends Enum<E>> Optional<E> choice(String name, E[] choices) {
        return fields.optionalText(name)
                .map(
                        word ->
                                Arrays.stream(choices)
                                        .filter(it -> word(it).equals(word))
                                        .findFirst()
                                        .orElseThrow(
                                                () ->
                                                        FieldFault.noneOf(
                                                                fields.field(name), choices)));
    }

    private static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }

    private static int toInt(String field, long value) {
        if (value != (int) value) {
            throw FieldFault.of(field, "The value is out of range");
        }
        return (int) value;
    }
}
