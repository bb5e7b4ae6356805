package dev.ortune.dataset;

/**
 * Where a dataset came from, for model cards.
 *
 * @param fileName the file's name without its folder
 * @param sha256 of the file as stored (compressed if it is), lower-case hexadecimal
 * @param rows the number of data rows
 */
public record DatasetSource(String fileName, String sha256, long rows) {}
