package dev.ortune.repository;

import dev.ortune.access.Caller;

/** Names of the default tenant, for tests in which there is no other. */
public final class TestModels {

    private TestModels() {}

    /** A model by its bare name. */
    public static ModelName named(String name) {
        return new ModelName(Caller.DEFAULT_TENANT, name);
    }

    /** {@code name} or {@code name@version}. */
    public static ModelReference reference(String text) {
        return ModelReference.parse(Caller.DEFAULT_TENANT, text);
    }
}
