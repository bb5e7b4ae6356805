package dev.ortune.api.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ortune.api.tuning.TuningClient.EventView;
import dev.ortune.api.tuning.TuningClient.JobView;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On the packaged application with PostgreSQL; what a job does there in full is {@link FineTuningContract}'s. */
@QuarkusIntegrationTest
@TestProfile(OnPostgresTuning.class)
@Timeout(180)
class PostgresFineTuningIT {

    private static final String ROWS =
            ("{\"text\":\"it was good\",\"label\":\"positive\"}\n"
                            + "{\"text\":\"not a fan at all\",\"label\":\"negative\"}\n")
                    .repeat(4);

    @Test
    void aJobTrainsAModelThatAnswers() {
        try (TuningClient client = new RestTuningClient(RestAssured.port, Optional.empty())) {
            String training = client.upload("reviews.jsonl", ROWS);
            JobView created =
                    client.create(
                            "{\"model\":\"distilbert-tiny\",\"training_file\":\""
                                    + training
                                    + "\",\"hyperparameters\":{\"n_epochs\":2}}",
                            Optional.empty());
            List<EventView> events = client.follow(created.id());
            assertThat(client.job(created.id()).status())
                    .as(events.toString())
                    .isEqualTo("succeeded");
        }
    }
}
