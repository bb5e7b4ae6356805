package dev.ortune.access;

import java.util.Locale;

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
}
