package dev.ortune.api.rest.oip;

import dev.ortune.api.rest.TinyModels;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The contract, on the packaged application. */
@QuarkusIntegrationTest
@QuarkusTestResource(TinyModels.class)
class OpenInferenceIT extends OpenInferenceContract {}
