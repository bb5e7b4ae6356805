package dev.ortune.checkpoint;

/**
 * The transpose of a matrix, computed while it is read.
 *
 * <p>A read of many rows at once touches each stored row once, so large reads are cheap and small
 * ones are not.
 *
 * @param stored the values of the matrix as stored, {@code [storedRows, storedColumns]}
 * @param storedRows its rows, the columns of the transpose
 * @param storedColumns its columns, the rows of the transpose
 */
record TransposedFloats(FloatValues stored, long storedRows, long storedColumns)
        implements FloatValues {

    @Override
    public void read(long first, float[] target, int offset, int count) {
        if (count == 0) {
            return;
        }
        long firstRow = first / storedRows;
        int rows = Math.toIntExact((first + count - 1) / storedRows - firstRow + 1);
        float[] run = new float[rows];
        for (long column = 0; column < storedRows; column++) {
            stored.read(column * storedColumns + firstRow, run, 0, rows);
            long index = firstRow * storedRows + column - first;
            for (int row = 0; row < rows; row++, index += storedRows) {
                if (index >= 0 && index < count) {
                    target[offset + (int) index] = run[row];
                }
            }
        }
    }
}
