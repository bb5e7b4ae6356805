package dev.ortune.api.rest.access;

/** The examples of the OpenAPI document about access. */
final class AccessExamples {

    static final String KEY_ID = "key_3k7q2m5v4c6x7z2b5n4d6f7h2j";

    static final String KEY_REQUEST =
            """
            {"name": "web shop", "scopes": ["infer"], "tenant": "acme",
              "expires_at": "2027-01-01T00:00:00Z"}
            """;

    private static final String KEY_FIELDS =
            "\"id\": \""
                    + KEY_ID
                    + "\", \"tenant\": \"acme\", \"name\": \"web shop\","
                    + " \"scopes\": [\"infer\"], \"created_at\": \"2026-01-02T03:04:05.678Z\","
                    + " \"expires_at\": \"2027-01-01T00:00:00Z\"";

    static final String CREATED_KEY =
            "{"
                    + KEY_FIELDS
                    + ", \"secret\": \"sk-ortune-0123456789abcdefghijklmnopqrstuvwxyzABCDEFG\"}";

    static final String REVOKED_KEY =
            "{" + KEY_FIELDS + ", \"revoked_at\": \"2026-02-03T04:05:06.789Z\"}";

    static final String KEYS =
            "{\"keys\": [{" + KEY_FIELDS + ", \"last_used_at\": \"2026-02-03T04:05:06.789Z\"}]}";

    static final String AUDIT =
            """
            {"entries": [{"number": 17, "at": "2026-01-02T03:04:05.678Z", "tenant": "acme",
              "caller": "ci (key_3k7q2m5v4c6x7z2b5n4d6f7h2j)", "action": "PUT",
              "object": "/v1/models/sentiment/aliases/prod", "outcome": "200",
              "address": "192.0.2.7"}], "has_more": false}
            """;

    static final String QUOTA_REQUEST =
            """
            {"concurrent_jobs": 2, "rows": 100000, "storage_bytes": 10000000000,
              "requests_per_second": 50.0}
            """;

    static final String QUOTA =
            """
            {"tenant": "acme", "given": {"concurrent_jobs": 2},
              "effective": {"concurrent_jobs": 2, "requests_per_second": 50.0}}
            """;

    private AccessExamples() {}
}
