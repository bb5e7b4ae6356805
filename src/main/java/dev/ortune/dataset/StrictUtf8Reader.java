package dev.ortune.dataset;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipException;

/**
 * Decodes UTF-8, skips a byte order mark, and refuses malformed bytes and rows without an end.
 *
 * <p>Its failures are Ortune's own errors, so an {@link IOException} that comes out of a parser on
 * top of it is that parser's complaint about the format.
 */
final class StrictUtf8Reader extends Reader {

    private static final int BUFFER_BYTES = 1 << 13;

    /** What this reader and the parser on top of it may have read beyond the row being parsed. */
    private static final long READ_AHEAD_BYTES = 1 << 17;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final InputStream in;
    private final String file;
    private final long maxRowBytes;
    private final CharsetDecoder decoder =
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
    private final CharBuffer chars = CharBuffer.allocate(BUFFER_BYTES).limit(0);
    private boolean endOfInput;
    private boolean atStart = true;
    private long decodedBytes;
    private long decodedLineFeeds;
    private long rowStartByte;
    private RowPosition position;

    StrictUtf8Reader(InputStream in, String file, long maxRowBytes) {
        this.in = in;
        this.file = file;
        this.maxRowBytes = maxRowBytes;
        this.position = new RowPosition(file, 1, 1);
    }

    /** Tells that the parser begins with a row; its length counts from here. */
    void startRow(RowPosition start) {
        position = start;
        rowStartByte = decodedBytes;
    }

    @Override
    public int read(char[] target, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        while (!chars.hasRemaining()) {
            if (!decodeMore()) {
                return -1;
            }
        }
        int count = Math.min(length, chars.remaining());
        chars.get(target, offset, count);
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Refills {@code chars}, perhaps with nothing; false at the end of the input. */
    private boolean decodeMore() {
        if (endOfInput && !bytes.hasRemaining()) {
            return false;
        }
        if (!endOfInput) {
            fillBytes();
        }
        chars.clear();
        int before = bytes.position();
        CoderResult result = decoder.decode(bytes, chars, endOfInput);
        chars.flip();
        decodedBytes += bytes.position() - before;
        countLines();
        // The characters before a malformed byte are parsed first: they may hold an earlier error.
        if (result.isError() && !chars.hasRemaining()) {
            throw notUtf8();
        }
        skipByteOrderMark();
        if (decodedBytes - rowStartByte > maxRowBytes + READ_AHEAD_BYTES) {
            throw tooLong(position, maxRowBytes);
        }
        return true;
    }

    private void fillBytes() {
        bytes.compact();
        try {
            int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
            if (read < 0) {
                endOfInput = true;
            } else {
                bytes.position(bytes.position() + read);
            }
        } catch (ZipException | EOFException e) {
            throw new InvalidInputException(
                    ErrorCode.DATASET_FORMAT,
                    file + " is damaged gzip data: " + e.getMessage() + ".",
                    "Compress the file again, or give it uncompressed.",
                    e);
        } catch (IOException e) {
            throw DatasetReader.unreadable(file, e);
        } finally {
            bytes.flip();
        }
    }

    private void countLines() {
        for (int i = chars.position(); i < chars.limit(); i++) {
            if (chars.get(i) == '\n') {
                decodedLineFeeds++;
            }
        }
    }

    private void skipByteOrderMark() {
        if (atStart && chars.hasRemaining()) {
            atStart = false;
            if (chars.get(chars.position()) == BYTE_ORDER_MARK) {
                chars.get();
            }
        }
    }

    private InvalidInputException notUtf8() {
        return new InvalidInputException(
                ErrorCode.DATASET_NOT_UTF8,
                file
                        + " is not UTF-8: the byte 0x"
                        + String.format("%02X", bytes.get(bytes.position()))
                        + " at offset "
                        + decodedBytes
                        + " (line "
                        + (decodedLineFeeds + 1)
                        + ") begins no character.",
                "Convert the file to UTF-8, for example with: iconv -f WINDOWS-1252 -t UTF-8.");
    }

    static InvalidInputException tooLong(RowPosition position, long maxRowBytes) {
        return new InvalidInputException(
                ErrorCode.DATASET_ROW_TOO_LONG,
                position + " is longer than " + maxRowBytes + " bytes.",
                "Shorten the text; if it is not that long, look for a quote that is never closed.");
    }
}
