package dev.ortune.checkpoint;

import java.util.List;

/**
 * The optimizer state of one group of parameters, as ONNX Runtime saves it.
 *
 * @param name the group's name, {@code group0} where there is only one
 * @param step optimizer steps done
 * @param initialLearningRate the rate the schedule starts from
 * @param states one per parameter
 */
public record OptimizerGroup(
        String name, long step, float initialLearningRate, List<ParameterState> states) {

    /**
     * The state of one parameter.
     *
     * @param parameterName the parameter
     * @param momentums for AdamW the first and the second moment, numbered from 0, each of the
     *     parameter's shape
     */
    public record ParameterState(String parameterName, List<FloatTensor> momentums) {

        public ParameterState {
            momentums = List.copyOf(momentums);
        }
    }

    public OptimizerGroup {
        states = List.copyOf(states);
    }
}
