package dev.ortune.graph;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ortune.checkpoint.TensorShape;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.graph.op.DropoutMasks;
import dev.ortune.graph.op.GraphBuilder;
import dev.ortune.graph.op.Linear;
import dev.ortune.graph.op.LinearScale;
import dev.ortune.graph.op.Tape;
import dev.ortune.graph.op.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A base model as its {@code config.json} describes it: its family and its numbers, without weights.
 */
public final class ClassifierModel {

    private final ModelFamily family;
    private final EncoderConfig config;

    private ClassifierModel(ModelFamily family, EncoderConfig config) {
        this.family = family;
        this.config = config;
    }

    /**
     * Reads a family's parsed {@code config.json}.
     *
     * @throws InvalidInputException {@code BASE_CONFIG} when a number is missing or makes no sense
     */
    public static ClassifierModel of(ModelFamily family, JsonNode config) {
        EncoderConfig numbers = family.config(new ConfigReader(config));
        if (numbers.hiddenSize() % numbers.heads() != 0) {
            throw new InvalidInputException(
                    ErrorCode.BASE_CONFIG,
                    "config.json: the hidden size "
                            + numbers.hiddenSize()
                            + " is not divisible by "
                            + numbers.heads()
                            + " heads.",
                    "Check that config.json belongs to this checkpoint.");
        }
        return new ClassifierModel(family, numbers);
    }

    /** The family. */
    public ModelFamily family() {
        return family;
    }

    /** The encoder's numbers. */
    public EncoderConfig config() {
        return config;
    }

    /** Walks the forward pass and lists what it asks for. */
    public ModelStructure structure(int labelCount) {
        GraphBuilder scratch = new GraphBuilder("structure");
        Tape tape = new Tape(scratch);
        Inventory inventory = new Inventory();
        ModelGraph model =
                new ModelGraph(
                        tape,
                        config,
                        inventory,
                        TextInputs.declare(scratch, false),
                        DropoutMasks.none(),
                        false);
        family.logits(model, labelCount);
        return new ModelStructure(
                config,
                inventory.linears,
                family.head(config, labelCount),
                inventory.tensors,
                family.defaultTarget());
    }

    private static final class Inventory implements ModelWeights {

        private final List<LinearModule> linears = new ArrayList<>();
        private final Map<String, TensorShape> tensors = new LinkedHashMap<>();

        @Override
        public Value frozen(String name, TensorShape shape) {
            tensors.put(name, shape);
            return Value.constant(name);
        }

        @Override
        public Value linear(Tape tape, LinearModule module, Value x, LinearScale scale) {
            linears.add(module);
            return Linear.apply(
                    tape,
                    x,
                    frozen(module.weightName(), module.weightShape()),
                    frozen(module.biasName(), module.biasShape()),
                    scale);
        }
    }
}
