package dev.ortune.api.rest.tei;

/** The examples of the OpenAPI document. */
final class TeiExamples {

    static final String ONE_TEXT = "{\"inputs\": \"It was good.\"}";

    static final String BATCH =
            """
            {"inputs": [["It was good."], ["Not a fan."]], "truncate": true,
              "truncation_direction": "Left", "raw_scores": false}
            """;

    static final String PREDICTIONS =
            "[{\"score\": 0.97, \"label\": \"positive\"}, {\"score\": 0.03, \"label\": \"negative\"}]";

    static final String BATCH_PREDICTIONS =
            """
            [[{"score": 0.97, "label": "positive"}, {"score": 0.03, "label": "negative"}],
              [{"score": 0.88, "label": "negative"}, {"score": 0.12, "label": "positive"}]]
            """;

    static final String INFO =
            """
            {"model_id": "reviews@2", "model_dtype": "float32",
              "model_type": {"classifier": {"id2label": {"0": "negative", "1": "positive"},
                "label2id": {"negative": 0, "positive": 1}}},
              "max_input_length": 512, "max_client_batch_size": 256, "auto_truncate": false,
              "version": "0.1.0"}
            """;

    static final String UNHEALTHY = "{\"error\": \"unhealthy\", \"error_type\": \"Unhealthy\"}";

    static final String MALFORMED =
            """
            {"error": "inputs is missing; inputs must be a string, [string] or a batch [[string], [string], ...].",
              "error_type": "Validation"}
            """;

    private TeiExamples() {}
}
