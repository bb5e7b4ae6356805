package dev.ortune.tuning;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A job as somebody asks for it.
 *
 * @param model the base, by a name that the service knows
 * @param trainingFile the id of an uploaded file
 * @param validationFile as well
 * @param suffix becomes part of the model's name
 * @param seed of everything random; drawn where it is not given
 * @param metadata notes, by which jobs are found again
 * @param priority the higher, the sooner; above 0 for administrators only
 */
public record JobRequest(
        String model,
        String trainingFile,
        Optional<String> validationFile,
        Optional<String> suffix,
        OptionalLong seed,
        Map<String, String> metadata,
        int priority,
        Hyperparameters hyperparameters) {

    private static final int MAX_SUFFIX = 64;
    private static final int MAX_NOTES = 16;
    private static final int MAX_NOTE_NAME = 64;
    private static final int MAX_NOTE = 512;
    private static final int MAX_PRIORITY = 100;

    public JobRequest {
        metadata = Map.copyOf(metadata);
        suffix.ifPresent(
                text ->
                        TuningFault.require(
                                text.matches("[A-Za-z0-9][A-Za-z0-9_-]*")
                                        && text.length() <= MAX_SUFFIX,
                                "suffix",
                                "must be at most "
                                        + MAX_SUFFIX
                                        + " letters, digits, hyphens and underscores, a letter or"
                                        + " digit first"));
        seed.ifPresent(
                number ->
                        TuningFault.require(
                                number >= 0 && number <= Integer.MAX_VALUE,
                                "seed",
                                "must be between 0 and " + Integer.MAX_VALUE));
        TuningFault.require(
                Math.abs((long) priority) <= MAX_PRIORITY,
                "priority",
                "must be between -" + MAX_PRIORITY + " and " + MAX_PRIORITY);
        TuningFault.require(
                metadata.size() <= MAX_NOTES,
                "metadata",
                "must have at most " + MAX_NOTES + " notes");
        metadata.forEach(
                (name, note) ->
                        TuningFault.require(
                                !name.isEmpty()
                                        && name.length() <= MAX_NOTE_NAME
                                        && note.length() <= MAX_NOTE
                                        && printable(name)
                                        && printable(note),
                                "metadata",
                                "must have names of at most "
                                        + MAX_NOTE_NAME
                                        + " and values of at most "
                                        + MAX_NOTE
                                        + " printable characters"));
    }

    /** Databases refuse the character 0. */
    private static boolean printable(String text) {
        return text.indexOf('\0') < 0;
    }
}
