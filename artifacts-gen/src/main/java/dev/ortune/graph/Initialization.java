package dev.ortune.graph;

/** How a trainable parameter starts. */
public sealed interface Initialization {

    /** All zeros: biases and LoRA's B. */
    record Zeros() implements Initialization {}

    /** Normal with mean 0: the weights of new head layers. */
    record Normal(double standardDeviation) implements Initialization {}

    /**
     * Uniform in ±1/√fanIn: LoRA's A, PyTorch's {@code kaiming_uniform_(a=√5)} (He et al. 2015,
     * arXiv:1502.01852).
     */
    record KaimingUniform(long fanIn) implements Initialization {}

    /** The value that the base holds under the parameter's name. */
    record FromBase() implements Initialization {}
}
