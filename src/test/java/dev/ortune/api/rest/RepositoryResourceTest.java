package dev.ortune.api.rest;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** The contract, in the tests' JVM. */
@QuarkusTest
@QuarkusTestResource(TinyModels.class)
class RepositoryResourceTest extends RepositoryContract {}
