package dev.ortune.api.rest.openai;

/** Bodies for the OpenAPI document. */
final class OpenAiExamples {

    static final String CREATE =
            """
            {
              "model": "distilbert-base-uncased",
              "training_file": "file-2n6kb4ab3kzq5ojx7m2ffyh4aq",
              "validation_file": "file-ym2a4kfbzt3hqq5x6o7nbl2c4e",
              "suffix": "reviews",
              "method": {
                "type": "supervised",
                "supervised": {
                  "hyperparameters": {
                    "n_epochs": 5,
                    "lora": {"r": 4, "alpha": 32},
                    "early_stopping": {"patience": 2}
                  }
                }
              }
            }
            """;

    static final String WEBHOOK =
            """
            {
              "url": "https://example.com/hooks",
              "events": ["fine_tuning.job.succeeded", "fine_tuning.job.failed"],
              "description": "the team's chat"
            }
            """;

    private OpenAiExamples() {}
}
