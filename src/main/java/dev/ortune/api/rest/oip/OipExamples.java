package dev.ortune.api.rest.oip;

/** The examples of the OpenAPI document. */
final class OipExamples {

    static final String SERVER =
            """
            {"name": "ortune", "version": "0.1.0",
              "extensions": ["classification", "model_repository"]}
            """;

    static final String LIVE = "{\"live\": true}";

    static final String READY = "{\"live\": true, \"ready\": true}";

    static final String MODEL =
            """
            {"name": "reviews", "versions": ["1", "2"], "platform": "onnx_onnxv1",
              "inputs": [{"name": "text", "datatype": "BYTES", "shape": [-1]}],
              "outputs": [{"name": "label", "datatype": "BYTES", "shape": [-1]},
                {"name": "score", "datatype": "FP32", "shape": [-1]},
                {"name": "probabilities", "datatype": "FP32", "shape": [-1, 2]},
                {"name": "logits", "datatype": "FP32", "shape": [-1, 2]}]}
            """;

    static final String MODEL_READY = "{\"name\": \"reviews\", \"ready\": true}";

    static final String MODEL_NOT_READY = "{\"name\": \"reviews\", \"ready\": false}";

    static final String NO_MODEL =
            """
            {"error": "There is no model \\"none\\". GET /v1/models lists the models that are served."}
            """;

    static final String REQUEST =
            """
            {"id": "42", "parameters": {"truncation": "left", "timeout": 500000},
              "inputs": [{"name": "text", "shape": [2], "datatype": "BYTES",
                "data": ["It was good.", "Not a fan."]}],
              "outputs": [{"name": "label"},
                {"name": "probabilities", "parameters": {"classification": 1}}]}
            """;

    static final String RESPONSE =
            """
            {"model_name": "reviews", "model_version": "2", "id": "42", "outputs": [
              {"name": "label", "datatype": "BYTES", "shape": [2], "data": ["positive", "negative"]},
              {"name": "probabilities", "datatype": "BYTES", "shape": [2, 1],
                "data": ["0.97:1:positive", "0.88:0:negative"]}]}
            """;

    static final String INDEX_REQUEST = "{\"ready\": true}";

    static final String INDEX =
            "[{\"name\": \"reviews\", \"version\": \"2\", \"state\": \"READY\", \"reason\": \"\"}]";

    static final String LOAD_REQUEST = "{\"parameters\": {}}";

    private OipExamples() {}
}
