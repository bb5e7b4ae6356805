package dev.ortune.api.grpc;

import dev.ortune.api.rest.TinyModels;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** The contract, in the tests' JVM. */
@QuarkusTest
@QuarkusTestResource(TinyModels.class)
class InferenceGrpcTest extends InferenceGrpcContract {}
