package dev.ortune.api.tuning;

import dev.ortune.api.rest.GrpcAddress;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import java.util.Optional;

/** Over gRPC, on the packaged application. */
@QuarkusIntegrationTest
@TestProfile(OnTinyTuning.class)
class GrpcFineTuningIT extends FineTuningContract {

    GrpcAddress address;

    @Override
    TuningClient connect(Optional<String> tenant) {
        return new GrpcTuningClient(address, tenant);
    }

    @Override
    String idempotencyField() {
        return "idempotency_key";
    }
}
