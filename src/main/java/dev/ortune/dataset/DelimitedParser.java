package dev.ortune.dataset;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * CSV (RFC 4180) and TSV with the same quoting; the first record is the header. A multi-label field
 * joins its names by {@code |} and is empty where a text has none.
 */
final class DelimitedParser implements ExampleParser {

    private static final Pattern LABEL_SEPARATOR = Pattern.compile("|", Pattern.LITERAL);

    private final CSVFormat format;
    private final LabelReading labelReading;
    private final DatasetColumns columns;
    private final ExampleFactory examples;

    DelimitedParser(
            char delimiter,
            LabelReading labelReading,
            DatasetColumns columns,
            ExampleFactory examples) {
        // Blank lines are skipped here, not by the library, so that line numbers stay true.
        this.format =
                CSVFormat.DEFAULT
                        .builder()
                        .setDelimiter(delimiter)
                        .setIgnoreEmptyLines(false)
                        .get();
        this.labelReading = labelReading;
        this.columns = columns;
        this.examples = examples;
    }

    @Override
    public List<NumberedExample> parse(StrictUtf8Reader reader, String file, FaultyRows faulty) {
        try (CSVParser parser = CSVParser.builder().setReader(reader).setFormat(format).get()) {
            Iterator<CSVRecord> records = parser.iterator();
            Optional<CSVRecord> first = nextRecord(parser, records, file);
            if (first.isEmpty()) {
                return List.of();
            }
            Header header = header(first.get(), file);
            List<NumberedExample> result = new ArrayList<>();
            long row = 1;
            while (true) {
                RowPosition position = nextPosition(parser, file, row);
                reader.startRow(position);
                if (!hasNext(parser, records, file)) {
                    return result;
                }
                CSVRecord fields = records.next();
                if (isBlankLine(fields)) {
                    continue;
                }
                try {
                    result.add(new NumberedExample(row, example(position, fields, header)));
                } catch (InvalidInputException e) {
                    faulty.addOrThrow(row, e);
                }
                row++;
            }
        } catch (IOException e) {
            throw DatasetReader.unreadable(file, e);
        }
    }

    private record Header(int columnCount, int textIndex, int labelIndex) {}

    private Header header(CSVRecord fields, String file) {
        List<String> names = fields.toList().stream().map(String::strip).toList();
        int labelIndex =
                labelReading == LabelReading.NONE ? -1 : indexOf(columns.label(), names, file);
        return new Header(names.size(), indexOf(columns.text(), names, file), labelIndex);
    }

    private static int indexOf(String column, List<String> names, String file) {
        int index = names.indexOf(column);
        if (index < 0) {
            throw DatasetReader.missingColumn(file, column, names);
        }
        if (index != names.lastIndexOf(column)) {
            throw new InvalidInputException(
                    ErrorCode.DATASET_FORMAT,
                    file + " has the column \"" + column + "\" twice.",
                    "Rename one of the two columns.");
        }
        return index;
    }

    private Example example(RowPosition position, CSVRecord fields, Header header) {
        if (fields.size() != header.columnCount()) {
            throw ExampleFactory.invalidRow(
                    position,
                    "the row has "
                            + fields.size()
                            + " fields, but the header has "
                            + header.columnCount(),
                    "Put quotes around a text that holds a delimiter, a quote or a line break.");
        }
        String text = fields.get(header.textIndex());
        return switch (labelReading) {
            case NONE -> examples.unlabelled(position, text);
            case ONE -> examples.labelled(position, text, List.of(fields.get(header.labelIndex())));
            case SEVERAL ->
                    examples.labelled(position, text, split(fields.get(header.labelIndex())));
        };
    }

    private static List<String> split(String field) {
        return field.isBlank() ? List.of() : List.of(LABEL_SEPARATOR.split(field, -1));
    }

    private static Optional<CSVRecord> nextRecord(
            CSVParser parser, Iterator<CSVRecord> records, String file) {
        while (hasNext(parser, records, file)) {
            CSVRecord fields = records.next();
            if (!isBlankLine(fields)) {
                return Optional.of(fields);
            }
        }
        return Optional.empty();
    }

    private static boolean isBlankLine(CSVRecord fields) {
        return fields.size() == 1 && fields.get(0).isBlank();
    }

    private static RowPosition nextPosition(CSVParser parser, String file, long row) {
        return new RowPosition(file, row, parser.getCurrentLineNumber() + 1);
    }

    private static boolean hasNext(CSVParser parser, Iterator<CSVRecord> records, String file) {
        long line = parser.getCurrentLineNumber() + 1;
        try {
            return records.hasNext();
        } catch (UncheckedIOException e) {
            throw new InvalidInputException(
                    ErrorCode.DATASET_FORMAT,
                    file
                            + ": the record that starts on line "
                            + line
                            + " has broken quotes: "
                            + e.getCause().getMessage()
                            + ".",
                    "Write a quote inside a quoted field as two quotes, and close every quote.",
                    e);
        }
    }
}
