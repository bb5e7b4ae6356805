package dev.ortune.access;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a caller may do. */
public enum Scope {
    /** Have texts classified. */
    INFER,
    /** Upload files, run jobs, change models. */
    TRAIN,
    /** Manage keys, see the audit log. */
    ADMIN;

    /** As in keys and tokens: {@code infer}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The scope of a word; empty for any other word. */
    public static Optional<Scope> ofWord(String word) {
        return Arrays.stream(values()).filter(scope -> scope.word().equals(word)).findFirst();
    }

    /** Words with spaces between them, in the order of this list. */
    static String words(Collection<Scope> scopes) {
        return scopes.stream().sorted().map(Scope::word).collect(Collectors.joining(" "));
    }
}
