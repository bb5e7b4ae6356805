package dev.ortune.bench.race;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What a worker answers: one line of JSON on its standard output. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "reply")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Reply.Started.class, name = "started"),
    @JsonSubTypes.Type(value = Reply.Stepped.class, name = "stepped"),
    @JsonSubTypes.Type(value = Reply.Finished.class, name = "finished"),
    @JsonSubTypes.Type(value = Reply.Failed.class, name = "failed")
})
sealed interface Reply {

    /**
     * The model is loaded.
     *
     * @param trainableParameters how many values are trained
     * @param versions of the libraries that train
     */
    record Started(long trainableParameters, Map<String, String> versions) implements Reply {

        public Started {
            versions = Map.copyOf(versions);
        }
    }

    /**
     * A step is done.
     *
     * @param seconds from token ids to updated parameters, by the worker's own clock
     * @param loss the batch's mean loss before the update
     * @param sgemmGflops the machine's matrix rate right after the step in GFLOP/s, if the worker
     *     measured it
     */
    record Stepped(double seconds, double loss, OptionalDouble sgemmGflops) implements Reply {}

    /**
     * What the worker's process measured.
     *
     * @param peakMemoryBytes the most memory it ever held, where the system tells
     */
    record Finished(OptionalLong peakMemoryBytes) implements Reply {}

    /**
     * The worker cannot do what was asked, and ends.
     *
     * @param message what is wrong, and where
     * @param remedy what to try next
     */
    record Failed(String message, String remedy) implements Reply {}
}
