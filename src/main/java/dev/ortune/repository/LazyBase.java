package dev.ortune.repository;

import dev.ortune.export.PreparedBase;
import java.util.Optional;
import java.util.function.Function;

/** A base that is looked for when it is first asked for; other askers wait. Thread-safe. */
final class LazyBase {

    private final BaseName configured;
    private final String name;
    private final Function<String, PreparedBase> preparer;
    private volatile KnownBase found;

    LazyBase(BaseName configured, String name, Function<String, PreparedBase> preparer) {
        this.configured = configured;
        this.name = name;
        this.preparer = preparer;
    }

    /** As the configuration has it. */
    BaseName configured() {
        return configured;
    }

    /** As clients see it. */
    String name() {
        return name;
    }

    /**
     * The base; a failure is not remembered, so that the next asker tries again.
     *
     * @throws dev.ortune.error.OrtuneException as {@link dev.ortune.base.BaseModelResolver#resolve}
     */
    KnownBase get() {
        return Optional.ofNullable(found).orElseGet(this::find);
    }

    private synchronized KnownBase find() {
        if (found == null) {
            found = KnownBase.of(name, preparer.apply(configured.text()));
        }
        return found;
    }
}
