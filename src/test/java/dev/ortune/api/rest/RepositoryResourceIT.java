package dev.ortune.api.rest;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;

/** The contract, on the packaged application. */
@QuarkusIntegrationTest
@QuarkusTestResource(TinyModels.class)
class RepositoryResourceIT extends RepositoryContract {}
