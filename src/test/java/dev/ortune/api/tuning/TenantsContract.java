package dev.ortune.api.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ortune.api.tuning.TuningClient.JobView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The contract, and what tenants see of each other; needs the tests' own filters in the application. */
abstract class TenantsContract extends FineTuningContract {

    @Test
    void anotherTenantSeesNothingOfFilesAndJobs() {
        // The application may have seen other tests of this kind.
        String acme = "acme-" + UUID.randomUUID();
        String globex = "globex-" + UUID.randomUUID();
        Optional<String> key = Optional.of("key");
        String file;
        JobView job;
        try (TuningClient owner = connect(Optional.of(acme))) {
            file = owner.upload("reviews.jsonl", "{\"text\":\"a\",\"label\":\"b\"}");
            job =
                    owner.create(
                            "{\"model\":\"distilbert-tiny\",\"training_file\":\"" + file + "\"}",
                            key);
            assertThat(owner.jobs(Optional.empty(), 5, Map.of()).elements()).hasSize(1);
        }
        try (TuningClient other = connect(Optional.of(globex))) {
            assertThat(other.jobs(Optional.empty(), 5, Map.of()).elements()).isEmpty();
            assertThat(other.files(Optional.empty(), 5).elements()).isEmpty();
            for (Runnable call :
                    List.<Runnable>of(
                            () -> other.file(file),
                            () -> other.content(file),
                            () -> other.deleteFile(file),
                            () ->
                                    other.create(
                                            "{\"model\":\"distilbert-tiny\",\"training_file\":\""
                                                    + file
                                                    + "\"}",
                                            key))) {
                assertThat(refusal(call).code()).isEqualTo("FILE_NOT_FOUND");
            }
            for (Runnable call :
                    List.<Runnable>of(
                            () -> other.job(job.id()),
                            () -> other.cancel(job.id()),
                            () -> other.follow(job.id()),
                            () -> other.events(job.id(), Optional.empty(), 5),
                            () -> other.checkpoints(job.id(), Optional.empty(), 5),
                            () -> other.steps(job.id(), 0, 5))) {
                assertThat(refusal(call).code()).isEqualTo("JOB_NOT_FOUND");
            }
        }
        try (TuningClient owner = connect(Optional.of(acme))) {
            owner.deleteFile(file);
        }
    }
}
