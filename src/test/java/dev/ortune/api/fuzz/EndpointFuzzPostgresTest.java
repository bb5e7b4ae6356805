package dev.ortune.api.fuzz;

import dev.ortune.api.rest.TinyModels;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** On PostgreSQL, which refuses texts that the embedded database takes. */
@QuarkusTest
@QuarkusTestResource(TinyModels.class)
@QuarkusTestResource(value = FuzzedServiceOnPostgres.class, restrictToAnnotatedClass = true)
class EndpointFuzzPostgresTest extends EndpointFuzzContract {}
