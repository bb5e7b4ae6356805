package dev.ortune.api.tuning;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.util.Optional;

/** Over HTTP, in the tests' JVM. */
@QuarkusTest
@TestProfile(OnTinyTuning.class)
class RestFineTuningTest extends TenantsContract {

    @Override
    TuningClient connect(Optional<String> tenant) {
        return new RestTuningClient(RestAssured.port, tenant);
    }

    @Override
    String idempotencyField() {
        return "Idempotency-Key";
    }
}
