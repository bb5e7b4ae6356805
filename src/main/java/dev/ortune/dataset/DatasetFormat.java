package dev.ortune.dataset;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.util.Locale;

/** The file formats, told apart by the extension; each may be compressed as {@code .gz}. */
enum DatasetFormat {
    CSV(".csv"),
    TSV(".tsv"),
    JSON_LINES(".jsonl"),
    JSON_ARRAY(".json");

    private static final String COMPRESSED = ".gz";

    private final String extension;

    DatasetFormat(String extension) {
        this.extension = extension;
    }

    /**
     * The format that a file's name tells.
     *
     * @throws InvalidInputException {@code DATASET_FORMAT} for any other extension
     */
    static DatasetFormat of(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        String plain =
                isCompressed(name) ? name.substring(0, name.length() - COMPRESSED.length()) : name;
        for (DatasetFormat format : values()) {
            if (plain.endsWith(format.extension)) {
                return format;
            }
        }
        throw new InvalidInputException(
                ErrorCode.DATASET_FORMAT,
                fileName + " has no extension of a dataset.",
                "Name the file .csv, .tsv, .jsonl or .json, or one of these with .gz after it.");
    }

    static boolean isCompressed(String fileName) {
        return fileName.toLowerCase(Locale.ROOT).endsWith(COMPRESSED);
    }
}
