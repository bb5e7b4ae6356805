package dev.ortune.graph;

import dev.ortune.checkpoint.TensorShape;
import dev.ortune.graph.op.Dropout;
import dev.ortune.graph.op.Linear;
import dev.ortune.graph.op.LinearScale;
import dev.ortune.graph.op.LoraLinear;
import dev.ortune.graph.op.Tape;
import dev.ortune.graph.op.Value;

/** Gives a model's forward pass its weights: from the shared file, as trainable inputs, or names. */
public interface ModelWeights {

    /** A frozen tensor. */
    Value frozen(String name, TensorShape shape);

    /** A linear layer, frozen, LoRA-adapted or trained whole. */
    Value linear(Tape tape, LinearModule module, Value x, LinearScale scale);

    /** Weights of a real graph: frozen ones in the shared file, trainable ones as graph inputs. */
    final class Bound implements ModelWeights {

        private final Tape tape;
        private final FrozenWeights file;
        private final AdapterPlan plan;
        private final Dropout loraDropout;
        private final boolean training;

        /**
         * Binds a plan to a graph.
         *
         * @param training whether trainable parameters require a gradient
         */
        Bound(
                Tape tape,
                FrozenWeights file,
                AdapterPlan plan,
                Dropout loraDropout,
                boolean training) {
            this.tape = tape;
            this.file = file;
            this.plan = plan;
            this.loraDropout = loraDropout;
            this.training = training;
        }

        @Override
        public Value frozen(String name, TensorShape shape) {
            return Value.constant(
                    tape.graph()
                            .external(name, shape, file.fileName(), file.location(name).offset()));
        }

        @Override
        public Value linear(Tape onTape, LinearModule module, Value x, LinearScale scale) {
            if (plan.trains(module)) {
                return Linear.apply(
                        onTape,
                        x,
                        trainable(module.weightName()),
                        trainable(module.biasName()),
                        scale);
            }
            Value weight = frozen(module.weightName(), module.weightShape());
            Value bias = frozen(module.biasName(), module.biasShape());
            if (plan.adapts(module)) {
                return LoraLinear.apply(
                        onTape,
                        x,
                        loraDropout.apply(onTape, x, module.inputSize()),
                        weight,
                        bias,
                        trainable(AdapterPlan.loraAName(module.name())),
                        trainable(AdapterPlan.loraBName(module.name())),
                        plan.lora().scaling(),
                        scale);
            }
            return Linear.apply(onTape, x, weight, bias, scale);
        }

        private Value trainable(String name) {
            return Value.parameter(name, training);
        }
    }
}
