package dev.ortune.tuning;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.ortune.error.InternalException;
import java.util.Optional;

/**
 * What a job trains, with every choice made; as JSON in the database.
 *
 * @param model the base, by a name that the service knows
 * @param trainingFile the id of a file
 * @param validationFile as well
 * @param suffix becomes part of the model's name
 * @param threads that compute: the numbers depend on them to the last bit
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record JobSpecification(
        String model,
        @JsonProperty("training_file") String trainingFile,
        @JsonProperty("validation_file") Optional<String> validationFile,
        Optional<String> suffix,
        long seed,
        int threads,
        Hyperparameters hyperparameters) {

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .addModule(new Jdk8Module())
                    .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                    .build();

    /** Reads what {@link #json} wrote. */
    public static JobSpecification parse(String json) {
        try {
            return MAPPER.readValue(json, JobSpecification.class);
        } catch (JsonProcessingException e) {
            throw new InternalException("A job's specification cannot be read.", e);
        }
    }

    /** As JSON. */
    public String json() {
        try {
            return MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new InternalException("A job's specification cannot be written.", e);
        }
    }
}
