package dev.ortune.api.rest;

/** The examples of the OpenAPI document. */
final class ApiExamples {

    static final String ONE_TEXT = "{\"text\": \"It was good.\"}";

    static final String SEVERAL_TEXTS =
            "{\"texts\": [\"It was good.\", \"Not a fan, don't recommend.\"]}";

    static final String CHOSEN_LABELS =
            """
            {"text": "It was good.", "top_k": 2, "threshold": 0.2, "raw_scores": true,
              "truncation": "left"}
            """;

    static final String CLASSIFY_RESPONSE =
            """
            {"model": "reviews", "version": "1", "results": [{"label": "positive", "score": 0.97,
              "scores": [{"label": "negative", "score": 0.03}, {"label": "positive", "score": 0.97}]}]}
            """;

    static final String MODELS_RESPONSE =
            """
            {"object": "list",
              "data": [{"id": "reviews", "object": "model", "created": 1767225600,
                "owned_by": "default"}],
              "models": [{"name": "reviews", "base": "distilbert-base-uncased",
              "labels": ["negative", "positive"], "problem_type": "single_label", "max_tokens": 512}]}
            """;

    static final String BLANK_TEXT =
            """
            {"type": "urn:ortune:error:invalid-request", "title": "Invalid request", "status": 400,
              "detail": "texts[1]: The text is blank.", "code": "INVALID_REQUEST",
              "remedy": "Correct texts[1] and send the request again.",
              "field": "texts[1]"}
            """;

    private ApiExamples() {}
}
