package dev.ortune.file;

import dev.ortune.error.InvalidInputException;
import java.util.Arrays;
import java.util.Optional;

/** What a file is for; the words are OpenAI's. */
public enum FilePurpose {
    /** Rows to train or validate on. */
    FINE_TUNE("fine-tune"),
    /** What a job leaves. */
    FINE_TUNE_RESULTS("fine-tune-results");

    private final String word;

    FilePurpose(String word) {
        this.word = word;
    }

    /** As requests have it. */
    public String word() {
        return word;
    }

    /**
     * The purpose of an upload.
     *
     * @param wanted empty for what is no purpose
     * @throws InvalidInputException {@code INVALID_REQUEST} for any but {@link #FINE_TUNE}
     */
    public static FilePurpose ofUpload(String field, Optional<FilePurpose> wanted) {
        return wanted.filter(FINE_TUNE::equals)
                .orElseThrow(
                        () ->
                                InvalidInputException.ofField(
                                        field, "The value must be \"" + FINE_TUNE.word + "\""));
    }

    /** The purpose of a word. */
    public static Optional<FilePurpose> of(String word) {
        return Arrays.stream(values()).filter(purpose -> purpose.word.equals(word)).findFirst();
    }
}
