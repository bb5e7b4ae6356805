package dev.ortune.api.grpc.tuning;

import com.google.protobuf.ByteString;
import dev.ortune.api.grpc.MessageSource;
import dev.ortune.api.grpc.proto.v1.FileChunk;
import dev.ortune.error.InternalException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** A file's content in chunks. */
final class FileContent implements MessageSource<FileChunk> {

    private static final int CHUNK_BYTES = 1 << 16;

    private final InputStream content;
    private boolean isRead;

    /**
     * A content.
     *
     * @param content closed in the end
     */
    FileContent(InputStream content) {
        this.content = content;
    }

    @Override
    public Optional<FileChunk> next() {
        try {
            byte[] bytes = content.readNBytes(CHUNK_BYTES);
            isRead = bytes.length < CHUNK_BYTES;
            return bytes.length == 0
                    ? Optional.empty()
                    : Optional.of(
                            FileChunk.newBuilder().setData(ByteString.copyFrom(bytes)).build());
        } catch (IOException e) {
            throw new InternalException("A file's content could not be read.", e);
        }
    }

    @Override
    public boolean isOver() {
        return isRead;
    }

    @Override
    public void close() {
        try {
            content.close();
        } catch (IOException e) {
            throw new InternalException("A file's content could not be closed.", e);
        }
    }
}
