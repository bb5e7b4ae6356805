package dev.ortune.api.fuzz;

import dev.ortune.api.rest.TinyModels;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** On the embedded database. */
@QuarkusTest
@QuarkusTestResource(TinyModels.class)
@QuarkusTestResource(value = FuzzedService.class, restrictToAnnotatedClass = true)
class EndpointFuzzTest extends EndpointFuzzContract {}
