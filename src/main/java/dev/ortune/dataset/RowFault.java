package dev.ortune.dataset;

import dev.ortune.error.ErrorCode;

/**
 * A row that cannot be read.
 *
 * @param row of the file, counted from 1, without header and blank lines
 * @param message what is wrong, with file, row and line
 * @param remedy what to do
 */
public record RowFault(long row, ErrorCode code, String message, String remedy) {}
