package dev.ortune.api.grpc.tuning;

import dev.ortune.api.grpc.proto.v1.File;
import dev.ortune.file.FilePurpose;
import dev.ortune.file.StoredFile;
import java.util.Optional;

/** Files as messages. */
final class FileMessages {

    private FileMessages() {}

    static File of(StoredFile file) {
        return File.newBuilder()
                .setId(file.id())
                .setFilename(file.name())
                .setPurpose(purpose(file.purpose()))
                .setBytes(file.bytes())
                .setCreatedAt(Fields.time(file.createdAt()))
                .setSha256(file.sha256())
                .build();
    }

    /** A purpose; empty for a number that stands for none. */
    static Optional<FilePurpose> purpose(File.Purpose purpose) {
        return switch (purpose) {
            case PURPOSE_FINE_TUNE -> Optional.of(FilePurpose.FINE_TUNE);
            case PURPOSE_FINE_TUNE_RESULTS -> Optional.of(FilePurpose.FINE_TUNE_RESULTS);
            case PURPOSE_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
        };
    }

    private static File.Purpose purpose(FilePurpose purpose) {
        return switch (purpose) {
            case FINE_TUNE -> File.Purpose.PURPOSE_FINE_TUNE;
            case FINE_TUNE_RESULTS -> File.Purpose.PURPOSE_FINE_TUNE_RESULTS;
        };
    }
}
