package dev.ortune.api.tuning;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.util.Optional;

/** Over HTTP, on the packaged application. */
@QuarkusIntegrationTest
@TestProfile(OnTinyTuning.class)
class RestFineTuningIT extends FineTuningContract {

    @Override
    TuningClient connect(Optional<String> tenant) {
        return new RestTuningClient(RestAssured.port, tenant);
    }

    @Override
    String idempotencyField() {
        return "Idempotency-Key";
    }
}
