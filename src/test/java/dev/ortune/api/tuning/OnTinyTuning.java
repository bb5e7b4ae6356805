package dev.ortune.api.tuning;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;

/** {@link TinyTuning}, and none of the other tests' models beside it. */
public final class OnTinyTuning implements QuarkusTestProfile {

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(TinyTuning.class));
    }

    @Override
    public boolean disableGlobalTestResources() {
        return true;
    }
}
