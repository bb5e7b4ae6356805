package dev.ortune.graph;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.graph.op.DropoutMasks;
import dev.ortune.graph.op.GraphBuilder;
import dev.ortune.graph.op.Tape;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A base model as its {@code config.json} describes it: its family and its numbers, without weights.
 * Thread-safe.
 */
public final class ClassifierModel {

    /** Numbers of labels are users' to choose; most have few. */
    private static final int MAX_REMEMBERED = 64;

    private final ModelFamily family;
    private final EncoderConfig config;
    private final Map<Integer, ModelStructure> structures = new ConcurrentHashMap<>();

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

    /** Walks the forward pass and lists what it asks for; remembered by the number of labels. */
    public ModelStructure structure(int labelCount) {
        if (structures.size() >= MAX_REMEMBERED) {
            structures.clear();
        }
        return structures.computeIfAbsent(labelCount, this::walk);
    }

    private ModelStructure walk(int labelCount) {
        GraphBuilder scratch = new GraphBuilder("structure");
        Tape tape = new Tape(scratch);
        WeightInventory inventory = new WeightInventory();
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
                inventory.linears(),
                family.head(config, labelCount),
                inventory.tensors(),
                family.defaultTarget());
    }
}
