package dev.ortune.bench.race;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** What a worker is asked: one line of JSON on its standard input, with one {@link Reply} each. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "request")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Request.Start.class, name = "start"),
    @JsonSubTypes.Type(value = Request.Step.class, name = "step"),
    @JsonSubTypes.Type(value = Request.Finish.class, name = "finish")
})
sealed interface Request {

    /**
     * Loads the model; the first request.
     *
     * @param base the base's folder in the worker's own form
     * @param adapter a PEFT adapter folder with the parameters to start from
     * @param threads that may compute
     * @param dropout whether the base's dropouts and LoRA's act
     * @param device that trains, {@code cpu} or {@code cuda}
     */
    record Start(String base, String adapter, int threads, boolean dropout, String device)
            implements Request {}

    /**
     * One optimizer step.
     *
     * @param ids each text's token ids, special ones included, without padding
     * @param labels each text's class index
     * @param learningRate of this step
     */
    record Step(List<List<Integer>> ids, List<Integer> labels, double learningRate)
            implements Request {

        public Step {
            ids = ids.stream().map(List::copyOf).toList();
            labels = List.copyOf(labels);
        }
    }

    /** Asks for what was measured; the last request. */
    record Finish() implements Request {}
}
