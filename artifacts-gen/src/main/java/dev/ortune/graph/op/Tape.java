package dev.ortune.graph.op;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reverse-mode differentiation of a graph under construction: operations push their gradient rule
 * while they emit their forward nodes; {@link #backward} then runs the rules in reverse.
 *
 * <p>A rule runs only when a gradient arrived at its output, and asks for a gradient only towards
 * values that require one: no dead gradient is ever emitted. In inference graphs nothing requires a
 * gradient, so the same model code records nothing.
 */
public final class Tape {

    /** Builds the gradients of an operation's inputs from the gradient of its output. */
    @FunctionalInterface
    public interface GradientRule {
        void apply(String outputGradient);
    }

    private record Step(String output, GradientRule rule) {}

    private final GraphBuilder graph;
    private final Deque<Step> steps = new ArrayDeque<>();
    private final Map<String, String> gradients = new HashMap<>();

    /** A tape over the graph that receives the gradient nodes. */
    public Tape(GraphBuilder graph) {
        this.graph = graph;
    }

    /** The graph that receives the nodes. */
    public GraphBuilder graph() {
        return graph;
    }

    /** Declares an operation's result and, if any input requires a gradient, its rule. */
    public Value record(
            String output, Rows rows, boolean anyInputRequiresGradient, GradientRule rule) {
        if (anyInputRequiresGradient) {
            steps.push(new Step(output, rule));
        }
        return new Value(output, rows, anyInputRequiresGradient);
    }

    /** Adds {@code piece} to the gradient of {@code value}, if that requires one. */
    public void accumulate(Value value, Supplier<String> piece) {
        accumulateInto(
                value,
                sum -> {
                    String addend = piece.get();
                    return sum.map(s -> graph.node("Add", java.util.List.of(s, addend)))
                            .orElse(addend);
                });
    }

    /**
     * Lets an operation fold the gradient collected so far into its own node (a Gemm's C input, a
     * scatter's base) instead of paying for a separate Add.
     */
    public void accumulateInto(Value value, Function<Optional<String>, String> sumToNewSum) {
        if (value.requiresGradient()) {
            Optional<String> sum = Optional.ofNullable(gradients.get(value.name()));
            gradients.put(value.name(), sumToNewSum.apply(sum));
        }
    }

    /** Runs all rules in reverse, from the gradient of {@code output}. */
    public void backward(Value output, String outputGradient) {
        gradients.put(output.name(), outputGradient);
        while (!steps.isEmpty()) {
            Step step = steps.pop();
            String gradient = gradients.get(step.output());
            if (gradient != null) {
                step.rule().apply(gradient);
            }
        }
    }

    /** The gradient that reached a value, after {@link #backward}. */
    public Optional<String> gradient(Value value) {
        return Optional.ofNullable(gradients.get(value.name()));
    }
}
