package dev.ortune.api.rest.oip;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ortune.api.JsonMutations;
import dev.ortune.api.inference.InferenceRequest;
import dev.ortune.api.rest.JsonFields;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.repository.TestModels;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever JSON comes, it is a request whose tensor holds what its shape says, or it is refused. */
class JsonRequestPropertiesTest {

    private static final String VALID =
            """
            {"id": "42", "parameters": {"truncation": "left", "timeout": 500000},
              "inputs": [{"name": "text", "shape": [2, 1], "datatype": "BYTES",
                "data": [["good"], ["bad"]], "parameters": {}}],
              "outputs": [{"name": "label"},
                {"name": "logits", "parameters": {"classification": 1}}]}
            """;

    @Property(tries = 2000)
    void aRequestThatIsNearlyRightIsReadOrRefused(@ForAll("mutations") JsonNode body) {
        try {
            InferenceRequest request =
                    JsonRequest.parse(TestModels.reference("reviews"), new JsonFields("", body));
            assertThat(request.texts())
                    .hasSize(body.path("inputs").path(0).path("shape").path(0).asInt());
            assertThat(request.outputs()).isNotEmpty();
        } catch (InvalidInputException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
            assertThat(e.getMessage()).contains(": ").hasSizeLessThan(500);
        }
    }

    @Provide
    Arbitrary<JsonNode> mutations() {
        return JsonMutations.of(VALID);
    }
}
