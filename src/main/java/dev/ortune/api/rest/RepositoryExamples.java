package dev.ortune.api.rest;

/** The examples of the OpenAPI document about published models. */
final class RepositoryExamples {

    static final String VERSION =
            """
            {"model": "sentiment", "version": "3", "aliases": ["default", "prod"],
              "base": "distilbert-base-uncased", "labels": ["negative", "positive"],
              "problem_type": "single_label", "max_tokens": 512, "truncation_side": "right",
              "rank": 8, "modules": ["distilbert.transformer.layer.0.attention.q_lin"],
              "bytes": 2959544,
              "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
              "published": "2026-01-02T03:04:05.678Z"}
            """;

    static final String MODEL =
            """
            {"id": "sentiment", "object": "model", "created": 1767225600, "owned_by": "default",
              "name": "sentiment", "read_only": false,
              "aliases": {"default": {"version": "3", "history": [
                {"version": "2", "since": "2026-01-01T03:04:05.678Z"},
                {"version": "3", "since": "2026-01-02T03:04:05.678Z"}]}},
              "versions": [
            """
                    + VERSION
                    + "]}";

    static final String ALIAS = "{\"version\": \"3\"}";

    static final String IN_USE =
            """
            {"type": "urn:ortune:error:version-in-use", "title": "Version in use", "status": 409,
              "detail": "The version 3 cannot be deleted: the alias \\"prod\\" points to it.",
              "code": "VERSION_IN_USE", "remedy": "Move or delete the alias first."}
            """;

    static final String UNKNOWN_BASE =
            """
            {"type": "urn:ortune:error:base-not-found", "title": "Base not found", "status": 400,
              "detail": "The base \\"roberta-base\\" is not one of this service's.",
              "code": "BASE_NOT_FOUND", "remedy": "Name a base with ?base=; this service has: \
            distilbert-base-uncased. Its operator adds bases by ortune.bases."}
            """;

    static final String TOO_LARGE =
            """
            {"type": "urn:ortune:error:archive-too-large", "title": "Archive too large",
              "status": 413, "detail": "The archive holds more than 268435456 bytes.",
              "code": "ARCHIVE_TOO_LARGE", "remedy": "Send the adapter's own files only; \
            ortune.upload.max-bytes sets the limit."}
            """;

    private RepositoryExamples() {}
}
