package dev.ortune.repository.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Archives in memory, honest ones and others. */
public final class TestArchive {

    /** The kinds that are read. */
    public enum Kind {
        ZIP,
        TAR,
        TAR_GZ
    }

    private record Entry(String name, byte[] content) {}

    private final List<Entry> entries = new ArrayList<>();

    public TestArchive with(String name, byte[] content) {
        entries.add(new Entry(name, content));
        return this;
    }

    public TestArchive with(String name, String content) {
        return with(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Every file of a folder, under a prefix. */
    public TestArchive withFolder(String prefix, Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                with(prefix + file.getFileName(), Files.readAllBytes(file));
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public byte[] bytes(Kind kind) {
        return switch (kind) {
            case ZIP -> zip();
            case TAR -> tar();
            case TAR_GZ -> gzip(tar());
        };
    }

    public byte[] zip() {
        return written(
                out -> {
                    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
                        for (Entry entry : entries) {
                            zip.putArchiveEntry(new ZipArchiveEntry(entry.name()));
                            zip.write(entry.content());
                            zip.closeArchiveEntry();
                        }
                    }
                });
    }

    public byte[] tar() {
        return written(
                out -> {
                    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
                        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
                        for (Entry entry : entries) {
                            TarArchiveEntry header = new TarArchiveEntry(entry.name(), true);
                            // A name with a slash at its end is a folder's.
                            byte[] content = header.isDirectory() ? new byte[0] : entry.content();
                            header.setSize(content.length);
                            tar.putArchiveEntry(header);
                            tar.write(content);
                            tar.closeArchiveEntry();
                        }
                    }
                });
    }

    /** A tar of one entry that is no file. */
    static byte[] tarOfLink(String name, byte type, String target) {
        return written(
                out -> {
                    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
                        TarArchiveEntry header = new TarArchiveEntry(name, type);
                        header.setLinkName(target);
                        tar.putArchiveEntry(header);
                        tar.closeArchiveEntry();
                    }
                });
    }

    /** A tar whose one entry has a name of so many characters, in GNU's way. */
    static byte[] tarOfLongName(int length) {
        return written(
                out -> {
                    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
                        TarArchiveEntry header =
                                new TarArchiveEntry(
                                        "././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
                        header.setSize(length);
                        tar.putArchiveEntry(header);
                        tar.write("n".repeat(length).getBytes(StandardCharsets.US_ASCII));
                        tar.closeArchiveEntry();
                    }
                });
    }

    /** A zip of one symbolic link. */
    static byte[] zipOfLink(String name, String target) {
        return written(
                out -> {
                    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
                        ZipArchiveEntry entry = new ZipArchiveEntry(name);
                        entry.setUnixMode(0xA1FF);
                        zip.putArchiveEntry(entry);
                        zip.write(target.getBytes(StandardCharsets.UTF_8));
                        zip.closeArchiveEntry();
                    }
                });
    }

    public static byte[] gzip(byte[] content) {
        return written(
                out -> {
                    try (OutputStream gzip = new GZIPOutputStream(out)) {
                        gzip.write(content);
                    }
                });
    }

    @FunctionalInterface
    private interface Writing {
        void to(OutputStream out) throws IOException;
    }

    private static byte[] written(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writing.to(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
