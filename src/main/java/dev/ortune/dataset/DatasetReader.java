package dev.ortune.dataset;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.io.Sha256;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads dataset files: {@code .csv}, {@code .tsv}, {@code .jsonl} (one object a line) and {@code
 * .json} (one array of objects), each also as {@code .gz}; UTF-8 only.
 *
 * <p>Every fault of the file is an {@link InvalidInputException} that names the file and, where
 * there is one, the row and line: {@code DATASET_NOT_FOUND}, {@code DATASET_FORMAT} (extension,
 * quotes, JSON, gzip), {@code DATASET_EMPTY}, {@code DATASET_NOT_UTF8}, {@code
 * DATASET_ROW_TOO_LONG}, {@code DATASET_MISSING_COLUMN}, {@code DATASET_INVALID_ROW}.
 */
public final class DatasetReader {

    private final DatasetOptions options;

    public DatasetReader(DatasetOptions options) {
        this.options = options;
    }

    /** Reads texts and labels. */
    public Dataset read(Path file) {
        return dataset(
                file.toString(),
                read(file, LabelReading.of(options.problemType()), FaultyRows.REFUSED));
    }

    /** Reads the texts alone; a label column need not be there. The examples have no labels. */
    public Dataset readUnlabelled(Path file) {
        return dataset(file.toString(), read(file, LabelReading.NONE, FaultyRows.REFUSED));
    }

    /**
     * Reads texts and labels, and what is wrong with the rows that cannot be read.
     *
     * @param maxFaults rows that are told apart at most
     * @throws InvalidInputException for a fault that is not one row's alone
     */
    public InspectedDataset inspect(Path file, int maxFaults) {
        CollectedFaults faults = new CollectedFaults(maxFaults);
        Parsed parsed = read(file, LabelReading.of(options.problemType()), faults);
        long rows = parsed.examples().size() + faults.count();
        if (rows == 0) {
            throw empty(file.toString());
        }
        return new InspectedDataset(
                parsed.examples(),
                new DatasetSource(parsed.fileName(), parsed.sha256(), rows),
                faults.kept(),
                faults.count());
    }

    /**
     * Reads texts and labels from a stream.
     *
     * @param fileName tells the format, and the place in messages
     * @param content the file's bytes; the caller closes it
     */
    public Dataset read(String fileName, InputStream content) {
        return dataset(
                fileName,
                read(
                        fileName,
                        fileName,
                        content,
                        LabelReading.of(options.problemType()),
                        FaultyRows.REFUSED));
    }

    /** A file's rows and hash, without a look at how many there are. */
    private record Parsed(List<NumberedExample> examples, String fileName, String sha256) {}

    private static Dataset dataset(String shownName, Parsed parsed) {
        if (parsed.examples().isEmpty()) {
            throw empty(shownName);
        }
        return new Dataset(
                parsed.examples().stream().map(NumberedExample::example).toList(),
                new DatasetSource(parsed.fileName(), parsed.sha256(), parsed.examples().size()));
    }

    private Parsed read(Path file, LabelReading labelReading, FaultyRows faulty) {
        if (!Files.isRegularFile(file)) {
            throw notFound(file.toString(), null);
        }
        try (InputStream content = Files.newInputStream(file)) {
            return read(
                    file.toString(), file.getFileName().toString(), content, labelReading, faulty);
        } catch (NoSuchFileException e) {
            throw notFound(file.toString(), e);
        } catch (IOException e) {
            throw unreadable(file.toString(), e);
        }
    }

    private Parsed read(
            String shownName,
            String fileName,
            InputStream content,
            LabelReading labelReading,
            FaultyRows faulty) {
        ExampleParser parser = parser(DatasetFormat.of(fileName), labelReading);
        DigestInputStream digested = new DigestInputStream(content, Sha256.newDigest());
        // The caller owns the stream below, and the decompressor holds native memory: close that.
        try (InputStream plain = plain(fileName, new UnclosedStream(digested))) {
            StrictUtf8Reader reader = new StrictUtf8Reader(plain, shownName, options.maxRowBytes());
            List<NumberedExample> examples = parser.parse(reader, shownName, faulty);
            digested.transferTo(OutputStream.nullOutputStream());
            return new Parsed(examples, fileName, Sha256.hex(digested.getMessageDigest()));
        } catch (ZipException | EOFException e) {
            throw new InvalidInputException(
                    ErrorCode.DATASET_FORMAT,
                    shownName + " is not a gzip file.",
                    "Compress the file with gzip, or name it without .gz.",
                    e);
        } catch (IOException e) {
            throw unreadable(shownName, e);
        }
    }

    private static InputStream plain(String fileName, InputStream content) throws IOException {
        return DatasetFormat.isCompressed(fileName) ? new GZIPInputStream(content) : content;
    }

    private ExampleParser parser(DatasetFormat format, LabelReading labelReading) {
        ExampleFactory examples = new ExampleFactory(options);
        DatasetColumns columns = options.columns();
        JsonExamples jsonExamples = new JsonExamples(labelReading, columns, examples);
        return switch (format) {
            case CSV -> new DelimitedParser(',', labelReading, columns, examples);
            case TSV -> new DelimitedParser('\t', labelReading, columns, examples);
            case JSON_LINES -> new JsonLinesParser(jsonExamples);
            case JSON_ARRAY -> new JsonArrayParser(jsonExamples);
        };
    }

    static InvalidInputException missingColumn(String file, String column, List<String> found) {
        return new InvalidInputException(
                ErrorCode.DATASET_MISSING_COLUMN,
                file
                        + " has no column \""
                        + column
                        + "\"; it has: "
                        + String.join(", ", found)
                        + ".",
                "Rename the column in the file, or name the text and label columns to read.");
    }

    static InvalidInputException unreadable(String file, IOException cause) {
        return new InvalidInputException(
                ErrorCode.DATASET_NOT_FOUND,
                file + " cannot be read: " + cause.getClass().getSimpleName() + ".",
                "Check that the file is there and that you may read it.",
                cause);
    }

    private static InvalidInputException notFound(String file, IOException cause) {
        return new InvalidInputException(
                ErrorCode.DATASET_NOT_FOUND,
                "There is no file " + file + ".",
                "Check the path; it must be a file, not a folder.",
                cause);
    }

    private static InvalidInputException empty(String file) {
        return new InvalidInputException(
                ErrorCode.DATASET_EMPTY,
                file + " has no data rows.",
                "Give a file with at least one row below the header.");
    }
}
