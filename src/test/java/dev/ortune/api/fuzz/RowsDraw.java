package dev.ortune.api.fuzz;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Files of rows to train on: good ones, and ones that no program should have written. */
final class RowsDraw {

    private static final List<String> EXTENSIONS =
            List.of(".csv", ".tsv", ".jsonl", ".json", ".csv.gz", ".jsonl.gz", ".gz", ".txt", "");
    private static final List<String> HEADS =
            List.of(
                    "text,label\n",
                    "label,text\n",
                    "text\tlabel\n",
                    "text,labels\n",
                    "text,label,weight\n",
                    "text,text\n",
                    "text\n",
                    "\"text\",\"label\"\r\n",
                    ",\n",
                    "\n");

    private final Draw draw;

    RowsDraw(Draw draw) {
        this.draw = draw;
    }

    /** A file as a client uploads it. */
    record File(String name, byte[] content) {}

    /** Rows that can be trained on. */
    File good() {
        StringBuilder rows = new StringBuilder("text,label\n");
        for (int i = 2 + draw.below(6); i >= 0; i--) {
            rows.append("good ").append(i).append(",yes\nbad ").append(i).append(",no\n");
        }
        return new File("rows.csv", Draw.utf8(rows.toString()));
    }

    /** Rows of any kind, in a file of any name. */
    File odd() {
        byte[] content = content();
        if (draw.chance(0.25)) {
            content = broken(content);
        }
        String extension = draw.of(EXTENSIONS);
        if (extension.endsWith(".gz") ? draw.chance(0.8) : draw.chance(0.05)) {
            content = gzip(content);
            if (draw.chance(0.2)) {
                content = broken(content);
            }
        }
        return new File("rows" + extension, content);
    }

    private byte[] content() {
        return switch (draw.below(6)) {
            case 0 -> encoded(separated());
            case 1 -> encoded(lines());
            case 2 -> encoded("[" + lines().strip().replace("\n", ",") + "]");
            case 3 -> draw.bytes(draw.below(2000));
            case 4 -> encoded(huge());
            default -> good().content();
        };
    }

    private String separated() {
        StringBuilder rows = new StringBuilder(draw.of(HEADS));
        String separator = draw.chance(0.8) ? "," : "\t";
        for (int i = draw.below(30); i > 0; i--) {
            rows.append(cell()).append(separator).append(cell());
            rows.append(draw.chance(0.1) ? separator : "").append(draw.chance(0.1) ? "\r\n" : "\n");
        }
        return rows.toString();
    }

    private String cell() {
        String text = draw.chance(0.5) ? draw.word() : draw.oddText();
        return switch (draw.below(5)) {
            case 0 -> "\"" + text.replace("\"", "\"\"") + "\"";
            case 1 -> "\"" + text;
            default -> text;
        };
    }

    private String lines() {
        StringBuilder rows = new StringBuilder();
        JsonDraw json = JsonDraw.ofNothing(draw);
        for (int i = draw.below(30); i > 0; i--) {
            ObjectNode row = JsonNodeFactory.instance.objectNode();
            row.put("text", draw.chance(0.7) ? draw.word() : draw.oddText());
            row.put("label", draw.of(List.of("yes", "no", "maybe")));
            rows.append(draw.chance(0.85) ? row : json.mutated(row)).append('\n');
        }
        return rows.toString();
    }

    /** One value that goes on and on, many columns, many labels or many empty rows. */
    private String huge() {
        int size = 1 + draw.below(60_000);
        return switch (draw.below(6)) {
            case 0 -> "text,label\n" + "a".repeat(size) + ",yes\nb,no\n";
            case 1 -> "text,label\n\"" + "a\n".repeat(size / 2) + "\",yes\nb,no\n";
            case 2 -> "text,label" + ",c".repeat(size / 2) + "\na,yes\n";
            case 3 -> "text,label\n" + "\n".repeat(size);
            case 4 -> "{\"text\":\"" + "\\u0061".repeat(size / 6) + "\",\"label\":\"yes\"}\n";
            default -> {
                StringBuilder rows = new StringBuilder("text,label\n");
                for (int i = 0; i < size / 12; i++) {
                    rows.append("t").append(i).append(",l").append(i).append('\n');
                }
                yield rows.toString();
            }
        };
    }

    private byte[] encoded(String text) {
        return draw.chance(0.8)
                ? Draw.utf8((draw.chance(0.1) ? "\ufeff" : "") + text)
                : text.getBytes(
                        draw.of(
                                List.of(
                                        StandardCharsets.UTF_16,
                                        StandardCharsets.ISO_8859_1,
                                        Charset.forName("windows-1252"),
                                        Charset.forName("Shift_JIS"))));
    }

    /** The same with an end cut off or a few bytes that are others. */
    byte[] broken(byte[] content) {
        if (content.length == 0) {
            return content;
        }
        byte[] copy = Arrays.copyOf(content, content.length);
        if (draw.chance(0.4)) {
            return Arrays.copyOf(copy, draw.below(copy.length));
        }
        for (int i = draw.below(8); i >= 0; i--) {
            copy[draw.below(copy.length)] = draw.bytes(1)[0];
        }
        return copy;
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
