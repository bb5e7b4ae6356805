package dev.ortune.api.grpc.tuning;

import com.google.protobuf.ByteString;
import dev.ortune.api.grpc.MessageSink;
import dev.ortune.api.grpc.proto.v1.File;
import dev.ortune.api.grpc.proto.v1.UploadFileRequest;
import dev.ortune.api.inference.FieldFault;
import dev.ortune.file.FilePurpose;
import dev.ortune.file.FileStore;
import dev.ortune.io.AtomicFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file that comes in chunks, in a temporary file until it is whole. */
final class FileUpload implements MessageSink<UploadFileRequest, File> {

    private static final String HEADER = "header";

    private final FileStore files;
    private final String tenant;
    private final long maxBytes;
    private Optional<Part> part = Optional.empty();

    FileUpload(FileStore files, String tenant, long maxBytes) {
        this.files = files;
        this.tenant = tenant;
        this.maxBytes = maxBytes;
    }

    /** What has come so far. */
    private static final class Part {

        private final String name;
        private final FilePurpose purpose;
        private final Path place;
        private final OutputStream out;
        private long bytes;

        Part(String name, FilePurpose purpose) throws IOException {
            this.name = name;
            this.purpose = purpose;
            this.place = Files.createTempFile("ortune-upload-", ".part");
            this.out = Files.newOutputStream(place);
        }
    }

    /** Work on the temporary file. */
    @FunctionalInterface
    private interface Work<T> {
        T run() throws IOException;
    }

    @Override
    public void take(UploadFileRequest message) {
        switch (message.getPartCase()) {
            case HEADER -> begin(message.getHeader());
            case CHUNK -> append(message.getChunk());
            case PART_NOT_SET -> throw FieldFault.of("part", "There must be a header or a chunk");
        }
    }

    @Override
    public File answer() {
        Part whole = begun();
        return onDisk(
                () -> {
                    whole.out.close();
                    try (InputStream content = Files.newInputStream(whole.place)) {
                        return FileMessages.of(
                                files.add(tenant, whole.name, whole.purpose, content, maxBytes));
                    }
                });
    }

    @Override
    public void close() {
        part.ifPresent(
                some ->
                        onDisk(
                                () -> {
                                    some.out.close();
                                    return Files.deleteIfExists(some.place);
                                }));
    }

    private void begin(UploadFileRequest.Header header) {
        if (part.isPresent()) {
            throw FieldFault.of(HEADER, "Only the first message may have one");
        }
        String name = Fields.required("header.filename", header.getFilename());
        if (header.getPurpose() == File.Purpose.PURPOSE_UNSPECIFIED) {
            throw FieldFault.missing("header.purpose");
        }
        FilePurpose purpose =
                FilePurpose.ofUpload("header.purpose", FileMessages.purpose(header.getPurpose()));
        part = Optional.of(onDisk(() -> new Part(name, purpose)));
    }

    private void append(ByteString chunk) {
        Part some = begun();
        some.bytes += chunk.size();
        FileStore.requireWithin(some.bytes, maxBytes);
        onDisk(
                () -> {
                    chunk.writeTo(some.out);
                    return some;
                });
    }

    private Part begun() {
        return part.orElseThrow(() -> FieldFault.missing(HEADER));
    }

    private static <T> T onDisk(Work<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw AtomicFiles.writeFailure(Path.of("the upload"), e);
        }
    }
}
