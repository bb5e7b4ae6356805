package dev.ortune.repository.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** What a file is by its first bytes; what a client calls it does not count. */
enum ArchiveKind {
    ZIP,
    TAR,
    GZIPPED_TAR;

    private static final int TAR_BLOCK = 512;
    private static final int TAR_MAGIC_AT = 257;
    private static final byte[] TAR_MAGIC = "ustar".getBytes(StandardCharsets.US_ASCII);

    static Optional<ArchiveKind> of(Path file) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(TAR_BLOCK);
        }
        if (startsWith(head, 'P', 'K', 3, 4) || startsWith(head, 'P', 'K', 5, 6)) {
            return Optional.of(ZIP);
        }
        if (startsWith(head, 0x1F, 0x8B)) {
            return Optional.of(GZIPPED_TAR);
        }
        boolean tar =
                head.length == TAR_BLOCK
                        && Arrays.equals(
                                TAR_MAGIC,
                                Arrays.copyOfRange(
                                        head, TAR_MAGIC_AT, TAR_MAGIC_AT + TAR_MAGIC.length));
        return tar ? Optional.of(TAR) : Optional.empty();
    }

    private static boolean startsWith(byte[] head, int... magic) {
        if (head.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if (head[i] != (byte) magic[i]) {
                return false;
            }
        }
        return true;
    }
}
