package dev.ortune.api.rest.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Part of a list; the next part comes {@code after} its last element.
 *
 * @param object {@code list}
 * @param firstId of the data
 * @param lastId of the data
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ListResponse<T>(
        String object,
        List<T> data,
        @JsonProperty("first_id") Optional<String> firstId,
        @JsonProperty("last_id") Optional<String> lastId,
        @JsonProperty("has_more") boolean hasMore) {

    /** Elements as a list has them. */
    static <T> ListResponse<T> of(List<T> data, Function<T, String> id, boolean hasMore) {
        return new ListResponse<>(
                "list",
                data,
                data.stream().findFirst().map(id),
                data.isEmpty()
                        ? Optional.empty()
                        : Optional.of(id.apply(data.get(data.size() - 1))),
                hasMore);
    }
}
