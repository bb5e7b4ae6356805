package dev.ortune.api.rest.oip;

import dev.ortune.api.rest.TinyModels;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** The contract, in the tests' JVM. */
@QuarkusTest
@QuarkusTestResource(TinyModels.class)
class OpenInferenceTest extends OpenInferenceContract {}
