package dev.ortune.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.ortune.checkpoint.SafetensorsHeader.Entry;
import dev.ortune.io.JsonFault;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads and checks the header of one safetensors file.
 *
 * <p>The rules are those of the reference implementation (huggingface/safetensors, README "Format"
 * and {@code tensor.rs}): eight bytes of header length, a JSON object, then the tensors' bytes with
 * neither hole nor overlap up to the end of the file.
 */
final class SafetensorsHeaderReader {

    private static final long MAXIMUM_HEADER_BYTES = 100_000_000;
    private static final String METADATA = "__metadata__";
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .build();

    private final Path file;
    private final RandomAccessBytes bytes;

    SafetensorsHeaderReader(Path file, RandomAccessBytes bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    SafetensorsHeader read() {
        long length = headerLength();
        long dataStart = Long.BYTES + length;
        SortedMap<String, Entry> tensors = new TreeMap<>();
        Map<String, String> metadata = new HashMap<>();
        parse(length, tensors, metadata);
        tensors.forEach(this::requireMatchingSize);
        requireGaplessData(tensors, bytes.size() - dataStart);
        return new SafetensorsHeader(dataStart, tensors, metadata);
    }

    private long headerLength() {
        if (bytes.size() < Long.BYTES) {
            throw fault("it is truncated: " + bytes.size() + " bytes cannot hold a header");
        }
        byte[] prefix = new byte[Long.BYTES];
        bytes.read(0, prefix, 0, prefix.length);
        long length = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length < 0 || length > MAXIMUM_HEADER_BYTES) {
            throw fault(
                    "the header length "
                            + Long.toUnsignedString(length)
                            + " exceeds the format's limit of "
                            + MAXIMUM_HEADER_BYTES
                            + " bytes");
        }
        if (length > bytes.size() - Long.BYTES) {
            throw fault(
                    "it is truncated: the header should be "
                            + length
                            + " bytes long, the file ends after "
                            + (bytes.size() - Long.BYTES));
        }
        byte[] first = new byte[1];
        if (length > 0) {
            bytes.read(Long.BYTES, first, 0, 1);
        }
        if (first[0] != '{') {
            throw fault("the header does not start with '{'");
        }
        return length;
    }

    private void parse(
            long length, SortedMap<String, Entry> tensors, Map<String, String> metadata) {
        try (Reader reader =
                        new InputStreamReader(
                                new BytesInputStream(bytes, Long.BYTES, length),
                                StandardCharsets.UTF_8.newDecoder());
                JsonParser parser = JSON.createParser(reader)) {
            expect(parser, parser.nextToken(), JsonToken.START_OBJECT);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (name.equals(METADATA)) {
                    readMetadata(parser, metadata);
                } else {
                    tensors.put(name, readEntry(parser, name));
                }
            }
            if (parser.nextToken() != null) {
                throw fault("something follows the header's closing brace");
            }
        } catch (JsonProcessingException e) {
            throw SafetensorsFault.inFile(
                    file, "the header is no valid JSON: " + JsonFault.reason(e), e);
        } catch (CharacterCodingException e) {
            throw SafetensorsFault.inFile(file, "the header is not UTF-8", e);
        } catch (IOException e) {
            throw SafetensorsFault.inFile(file, "the header cannot be read: " + e.getMessage(), e);
        }
    }

    private void readMetadata(JsonParser parser, Map<String, String> metadata) throws IOException {
        expect(parser, parser.nextToken(), JsonToken.START_OBJECT);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            expect(parser, parser.nextToken(), JsonToken.VALUE_STRING);
            metadata.put(key, parser.getText());
        }
    }

    private Entry readEntry(JsonParser parser, String name) throws IOException {
        String dtype = null;
        List<Long> shape = null;
        List<Long> offsets = null;
        expect(parser, parser.nextToken(), JsonToken.START_OBJECT);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "dtype" -> {
                    expect(parser, parser.currentToken(), JsonToken.VALUE_STRING);
                    dtype = parser.getText();
                }
                case "shape" -> shape = readNaturals(parser, name);
                case "data_offsets" -> offsets = readNaturals(parser, name);
                default -> parser.skipChildren();
            }
        }
        if (dtype == null || shape == null || offsets == null) {
            throw fault(name, "dtype, shape or data_offsets is missing");
        }
        if (offsets.size() != 2) {
            throw fault(name, "data_offsets " + offsets + " are not two numbers");
        }
        String stated = dtype;
        SafetensorsType type =
                SafetensorsType.of(stated)
                        .orElseThrow(() -> fault(name, "unknown dtype '" + stated + "'"));
        return new Entry(type, new TensorShape(shape), offsets.get(0), offsets.get(1));
    }

    private List<Long> readNaturals(JsonParser parser, String name) throws IOException {
        expect(parser, parser.currentToken(), JsonToken.START_ARRAY);
        List<Long> numbers = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect(parser, parser.currentToken(), JsonToken.VALUE_NUMBER_INT);
            long number = parser.getLongValue();
            if (number < 0) {
                throw fault(name, "negative number " + number);
            }
            numbers.add(number);
        }
        return numbers;
    }

    private void requireMatchingSize(String name, Entry entry) {
        if (entry.begin() > entry.end()) {
            throw fault(
                    name,
                    "data_offsets [" + entry.begin() + ", " + entry.end() + "] run backwards");
        }
        long bits;
        try {
            bits = Math.multiplyExact(entry.shape().elements(), (long) entry.type().bits());
        } catch (ArithmeticException e) {
            throw SafetensorsFault.inFile(
                    file,
                    "tensor '" + name + "': shape " + entry.shape() + " overflows 64 bits",
                    e);
        }
        long actual = entry.end() - entry.begin();
        if (bits % Byte.SIZE != 0 || bits / Byte.SIZE != actual) {
            throw fault(
                    name,
                    entry.type()
                            + " of shape "
                            + entry.shape()
                            + " does not fill the "
                            + actual
                            + " bytes of its data_offsets");
        }
    }

    private void requireGaplessData(SortedMap<String, Entry> tensors, long dataBytes) {
        List<Map.Entry<String, Entry>> inFileOrder = new ArrayList<>(tensors.entrySet());
        inFileOrder.sort(
                Comparator.comparingLong((Map.Entry<String, Entry> e) -> e.getValue().begin())
                        .thenComparingLong(e -> e.getValue().end()));
        long expected = 0;
        for (Map.Entry<String, Entry> named : inFileOrder) {
            Entry entry = named.getValue();
            if (entry.begin() != expected) {
                throw fault(
                        named.getKey(),
                        entry.begin() < expected
                                ? "its data overlaps another tensor's before byte " + expected
                                : "a hole lies before its data, from byte " + expected);
            }
            if (entry.end() > dataBytes) {
                throw fault(
                        named.getKey(),
                        "the file is truncated: its data should end at byte "
                                + entry.end()
                                + " of "
                                + dataBytes);
            }
            expected = entry.end();
        }
        if (expected != dataBytes) {
            throw fault(
                    (dataBytes - expected) + " bytes follow the last tensor, which ends the data");
        }
    }

    private static void expect(JsonParser parser, JsonToken actual, JsonToken wanted)
            throws JsonParseException {
        if (actual != wanted) {
            throw new JsonParseException(parser, "found " + actual + " instead of " + wanted);
        }
    }

    private RuntimeException fault(String reason) {
        return SafetensorsFault.inFile(file, reason);
    }

    private RuntimeException fault(String tensor, String reason) {
        return SafetensorsFault.inTensor(file, tensor, reason);
    }
}
