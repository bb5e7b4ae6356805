package dev.ortune.file;

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

    /** The purpose of a word. */
    public static Optional<FilePurpose> of(String word) {
        return Arrays.stream(values()).filter(purpose -> purpose.word.equals(word)).findFirst();
    }
}
