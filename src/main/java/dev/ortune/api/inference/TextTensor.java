package dev.ortune.api.inference;

import java.util.List;

/**
 * The one input of every model: BYTES {@code text}, of shape [n] or [n, 1], each element a text in
 * UTF-8.
 *
 * @param field where it stands, as in {@code inputs[0]}
 * @param shape as it was sent
 */
public record TextTensor(String field, String name, String datatype, List<Long> shape) {

    /** The input's name. */
    public static final String NAME = "text";

    /** The input's data type. */
    public static final String DATATYPE = "BYTES";

    private static final int MAX_SHOWN_DIMENSIONS = 8;

    public TextTensor {
        shape = List.copyOf(shape);
    }

    /**
     * Refuses what is not the input, before its data is read.
     *
     * @throws dev.ortune.error.InvalidInputException {@code INVALID_REQUEST}
     */
    public void requireText() {
        if (!name.equals(NAME)) {
            throw FieldFault.of(
                    field + ".name",
                    "There is no input "
                            + Shown.quoted(name)
                            + "; the only one is \""
                            + NAME
                            + "\"");
        }
        if (!datatype.equals(DATATYPE)) {
            throw FieldFault.of(
                    field + ".datatype",
                    Shown.quoted(datatype) + " is not the input's type, which is " + DATATYPE);
        }
        boolean isColumn = shape.size() == 2 && shape.get(1) == 1;
        if (shape.size() != 1 && !isColumn) {
            throw FieldFault.of(
                    field + ".shape", "The shape must be [n] or [n, 1], not " + shownShape());
        }
        if (shape.get(0) < 1) {
            throw FieldFault.of(
                    field + ".shape", "There must be at least one text, not " + shape.get(0));
        }
    }

    /** Refuses data of another size than the shape's; after {@link #requireText}. */
    public void requireElements(int elements) {
        if (shape.get(0) != elements) {
            throw FieldFault.of(
                    field + ".shape",
                    "The shape "
                            + shownShape()
                            + " needs "
                            + shape.get(0)
                            + " elements, but there are "
                            + elements);
        }
    }

    /** Whether data may be given as a column: a list of one-element lists. */
    public boolean isColumn() {
        return shape.size() == 2;
    }

    private String shownShape() {
        return shape.size() <= MAX_SHOWN_DIMENSIONS
                ? shape.toString()
                : shape.size() + " dimensions";
    }
}
