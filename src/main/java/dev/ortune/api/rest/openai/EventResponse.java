package dev.ortune.api.rest.openai;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.ortune.job.JobEvent;
import dev.ortune.tuning.EventId;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Something that happened to a job.
 *
 * @param object {@code fine_tuning.job.event}
 * @param createdAt seconds since 1970
 * @param level {@code info}, {@code warn} or {@code error}
 * @param type {@code metrics} where there are data, else {@code message}
 */
@Schema(name = "FineTuningJobEvent")
public record EventResponse(
        String id,
        String object,
        @JsonProperty("created_at") long createdAt,
        String level,
        String message,
        String type,
        @JsonRawValue @Schema(implementation = Map.class) String data) {

    private static final String NO_DATA = "{}";

    static EventResponse of(JobEvent event) {
        return new EventResponse(
                EventId.of(event),
                "fine_tuning.job.event",
                event.createdAt().getEpochSecond(),
                event.level().name().toLowerCase(Locale.ROOT),
                event.message(),
                event.data().equals(NO_DATA) ? "message" : "metrics",
                event.data());
    }
}
