package dev.ortune.base;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;

/**
 * Brings one file to {@code <blob>.incomplete}, resuming what an earlier try left there, checks its
 * checksum and renames it to {@code <blob>}.
 */
final class BlobDownload {

    private static final int BUFFER_BYTES = 1 << 16;

    private final HubConnection connection;
    private final Retries retries;
    private final Duration readTimeout;
    private final DownloadProgress progress;

    BlobDownload(
            HubConnection connection,
            Retries retries,
            Duration readTimeout,
            DownloadProgress progress) {
        this.connection = connection;
        this.retries = retries;
        this.readTimeout = readTimeout;
        this.progress = progress;
    }

    /**
     * The caller holds the blob's lock.
     *
     * @throws InvalidInputException {@code CHECKSUM_MISMATCH}; the file is deleted
     */
    void fetch(RemoteFile file, Path blob) throws HubException {
        Path part = blob.resolveSibling(blob.getFileName() + ".incomplete");
        boolean resumed = sizeOf(part) > 0;
        retries.repeat(() -> receive(file, part));
        BlobId actual = checksum(file, part);
        if (!actual.equals(file.blob()) && resumed) {
            // What lay there may be from a crash or another tool: one try from the first byte.
            delete(part);
            retries.repeat(() -> receive(file, part));
            actual = checksum(file, part);
        }
        if (!actual.equals(file.blob())) {
            delete(part);
            throw new InvalidInputException(
                    ErrorCode.CHECKSUM_MISMATCH,
                    "The download of %s has the wrong checksum: expected %s, got %s; the file was deleted."
                            .formatted(
                                    file.address(),
                                    file.blob().hexadecimal(),
                                    actual.hexadecimal()),
                    "Run again; if it happens twice, a proxy or mirror alters the file: choose another hub with HF_ENDPOINT.");
        }
        try {
            Files.move(part, blob, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new CacheWriteFailure("HF_HOME").of(blob, e);
        }
        progress.finished();
    }

    private Path receive(RemoteFile file, Path part)
            throws IOException, InterruptedException, HubException {
        long present = sizeOf(part);
        if (file.sizeBytes().isPresent() && present > file.sizeBytes().getAsLong()) {
            delete(part);
            present = 0;
        }
        long total = file.sizeBytes().orElse(DownloadProgress.UNKNOWN_SIZE);
        if (present > 0 && present == total) {
            progress.started(file.name(), total);
            progress.advanced(present);
            return part;
        }
        Map<String, String> headers =
                present > 0 ? Map.of("Range", "bytes=" + present + "-") : Map.of();
        HttpResponse<InputStream> response = connection.get(file.address(), headers);
        try (InputStream body = response.body();
                StallGuard guard = new StallGuard(body, readTimeout)) {
            long start = startOfBody(response, part, present, total);
            progress.started(file.name(), total);
            if (start > 0) {
                progress.advanced(start);
            }
            long end = copy(body, guard, part, start, total);
            if (total >= 0 && end != total) {
                throw new IOException(
                        "the transfer of %s from %s broke off after %d of %d bytes"
                                .formatted(file.name(), response.uri().getHost(), end, total));
            }
        }
        return part;
    }

    /** Where in the file the body begins; an answer that fits neither case leaves nothing behind. */
    private static long startOfBody(
            HttpResponse<InputStream> response, Path part, long present, long total)
            throws IOException {
        String host = response.uri().getHost();
        switch (response.statusCode()) {
            case 200 -> {
                long announced =
                        response.headers().firstValueAsLong("Content-Length").orElse(total);
                if (total >= 0 && announced != total) {
                    throw new IOException(
                            "%s sends %d bytes where the hub announced %d"
                                    .formatted(host, announced, total));
                }
                return 0;
            }
            case 206 -> {
                String range = response.headers().firstValue("Content-Range").orElse("");
                String end =
                        total >= 0 ? (total - 1) + "/(" + total + "|\\*)" : "[0-9]+/([0-9]+|\\*)";
                if (present > 0 && range.matches("bytes " + present + "-" + end)) {
                    return present;
                }
                delete(part);
                throw new IOException(host + " sends another range than asked: '" + range + "'");
            }
            default -> {
                delete(part);
                throw new IOException(
                        host + " cannot send the file: HTTP " + response.statusCode());
            }
        }
    }

    /** Reads to the end of the body or the announced size; returns the length of the file. */
    private long copy(InputStream body, StallGuard guard, Path part, long start, long total)
            throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long position = start;
        try (FileChannel channel = open(part, start)) {
            int read = body.read(buffer);
            while (read >= 0) {
                guard.sign();
                if (total >= 0 && position + read > total) {
                    delete(part);
                    throw new IOException(
                            "more bytes arrive than the hub announced (" + total + ")");
                }
                write(channel, part, ByteBuffer.wrap(buffer, 0, read));
                position += read;
                progress.advanced(read);
                read = body.read(buffer);
            }
            channel.force(true);
        }
        return position;
    }

    private static FileChannel open(Path part, long start) {
        try {
            FileChannel channel =
                    FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.truncate(start).position(start);
            return channel;
        } catch (IOException e) {
            throw new CacheWriteFailure("HF_HOME").of(part, e);
        }
    }

    /** A failure to write is ours and final, unlike one to read. */
    private static void write(FileChannel channel, Path part, ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new CacheWriteFailure("HF_HOME").of(part, e);
        }
    }

    private static BlobId checksum(RemoteFile file, Path part) throws HubException {
        try {
            return file.blob().of(part);
        } catch (IOException e) {
            throw new HubException(
                    HubException.Kind.FAILED,
                    "cannot read back " + part + ": " + e.getMessage(),
                    e);
        }
    }

    private static long sizeOf(Path part) {
        try {
            return Files.size(part);
        } catch (IOException e) {
            return 0;
        }
    }

    private static void delete(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw new CacheWriteFailure("HF_HOME").of(part, e);
        }
    }
}
