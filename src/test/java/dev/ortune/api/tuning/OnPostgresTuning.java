package dev.ortune.api.tuning;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;

/** {@link TinyTuning} with its state in PostgreSQL. */
public final class OnPostgresTuning implements QuarkusTestProfile {

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(
                new TestResourceEntry(TinyTuning.class),
                new TestResourceEntry(PostgresTuning.class));
    }

    @Override
    public boolean disableGlobalTestResources() {
        return true;
    }
}
