package dev.ortune.base;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a model on the hub, {@code name} or {@code organisation/name}, by the hub's own rules
 * (huggingface_hub {@code validate_repo_id}); safe to use in a path and in a URL.
 */
record RepositoryName(String text) {

    private static final Pattern PART =
            Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,94}[A-Za-z0-9_])?");

    RepositoryName {
        if (!isValid(text)) {
            throw new IllegalArgumentException("not a repository name: " + text);
        }
    }

    static Optional<RepositoryName> parse(String text) {
        return isValid(text) ? Optional.of(new RepositoryName(text)) : Optional.empty();
    }

    /** The folder in the Hugging Face cache; unambiguous, as no name holds two dashes in a row. */
    String cacheFolder() {
        return "models--" + text.replace("/", "--");
    }

    private static boolean isValid(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length > 2
                || text.contains("..")
                || text.contains("--")
                || text.endsWith(".git")) {
            return false;
        }
        for (String part : parts) {
            if (!PART.matcher(part).matches()) {
                return false;
            }
        }
        return true;
    }
}
