package dev.ortune.dataset.check;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * Something about the rows that their owner should know.
 *
 * @param file the file's name
 * @param message what it is, in a sentence
 * @param remedy what to do about it, in a sentence
 * @param rows the first rows that it is about, counted from 1; empty where it is about all
 */
public record DataFinding(
        FindingKind kind, String file, String message, String remedy, List<Long> rows) {

    public DataFinding {
        rows = List.copyOf(rows);
    }

    /** How bad it is. */
    @JsonProperty
    public Severity severity() {
        return kind.severity();
    }
}
