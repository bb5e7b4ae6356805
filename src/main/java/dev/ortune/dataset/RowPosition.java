package dev.ortune.dataset;

/**
 * Where a row stands.
 *
 * @param file the file as the user named it
 * @param row the data row, from 1, header and blank lines not counted
 * @param line the line of the file on which the row starts, from 1
 */
record RowPosition(String file, long row, long line) {

    @Override
    public String toString() {
        return file + ", row " + row + " (line " + line + ")";
    }
}
