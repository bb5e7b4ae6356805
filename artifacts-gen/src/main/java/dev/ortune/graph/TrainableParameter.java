package dev.ortune.graph;

import dev.ortune.checkpoint.TensorShape;

/**
 * One tensor that training changes.
 *
 * @param name as PEFT writes it, without its {@code base_model.model.} prefix
 * @param shape its shape, PyTorch's layout
 * @param initialization its start
 */
public record TrainableParameter(String name, TensorShape shape, Initialization initialization) {

    /** Whether weight decay acts on it: on all but biases, as in Hugging Face's Trainer. */
    public boolean decays() {
        return !name.endsWith(".bias");
    }
}
