package dev.ortune.repository.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.repository.archive.TestArchive.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdapterArchiveTest {

    private static final ArchiveLimits LIMITS = new ArchiveLimits(1 << 20, 64 << 10, 20, 50);
    private static final String CONFIG = "adapter_config.json";

    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource(Kind.class)
    void theFilesOfAnAdapterAreTakenAndNoOthers(Kind kind) throws IOException {
        byte[] archive =
                new TestArchive()
                        .with(CONFIG, "{}")
                        .with("adapter_model.safetensors", new byte[] {1, 2, 3})
                        .with("optimizer.pt", "pickle")
                        .with("checkpoint-5/deep/adapter_config.json", "no")
                        .with("checkpoint-5/config.json", "no")
                        .bytes(kind);
        Path target = extract(archive);
        assertThat(names(target)).containsExactly(CONFIG, "adapter_model.safetensors");
        assertThat(target.resolve(CONFIG)).hasContent("{}");
        assertThat(target.resolve("adapter_model.safetensors")).hasBinaryContent(bytes(1, 2, 3));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void anAdapterMayStandInOneFolder(Kind kind) throws IOException {
        byte[] archive =
                new TestArchive()
                        .with("./sentiment/" + CONFIG, "{}")
                        .with("./sentiment/README.md", "hello")
                        .with("README.md", "another")
                        .bytes(kind);
        Path target = extract(archive);
        assertThat(names(target)).containsExactly("README.md", CONFIG);
        assertThat(target.resolve("README.md")).hasContent("hello");
    }

    @Test
    void twoAdaptersAreOneTooMany() {
        assertThat(
                        fault(
                                new TestArchive()
                                        .with("a/" + CONFIG, "{}")
                                        .with("b/" + CONFIG, "{}")
                                        .zip()))
                .hasMessage("The archive holds several adapters: a, b.")
                .extracting(InvalidInputException::code)
                .isEqualTo(ErrorCode.ARCHIVE_FORMAT);
    }

    @ParameterizedTest
    @CsvSource({
        "../adapter_config.json", "a/../../adapter_config.json", "/adapter_config.json",
        "C:/adapter_config.json", "..\\adapter_config.json", "a/..",
    })
    void aNameThatLeadsElsewhereIsRefused(String name) {
        for (Kind kind : Kind.values()) {
            byte[] archive = new TestArchive().with(CONFIG, "{}").with(name, "x").bytes(kind);
            // The library's tar entries and zip entries drop or turn some of these by themselves.
            try {
                assertThat(names(extract(archive))).containsExactly(CONFIG);
            } catch (InvalidInputException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.ARCHIVE_FORMAT);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        assertThatThrownBy(() -> EntryPath.of(name)).isInstanceOf(InvalidInputException.class);
        assertThat(folder.getParent().resolve(CONFIG)).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            bytes = {
                TarConstants.LF_SYMLINK,
                TarConstants.LF_LINK,
                TarConstants.LF_CHR,
                TarConstants.LF_BLK,
                TarConstants.LF_FIFO
            })
    void aLinkOrADeviceInATarIsRefused(byte type) {
        assertThat(fault(TestArchive.tarOfLink(CONFIG, type, "/etc/passwd")))
                .hasMessageContaining("\"adapter_config.json\" is a link, a device");
    }

    @Test
    void aLinkInAZipIsRefused() {
        assertThat(fault(TestArchive.zipOfLink(CONFIG, "/etc/passwd")))
                .hasMessageContaining("\"adapter_config.json\" is a link, a device");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aNameThatIsThereTwiceIsRefused(Kind kind) {
        byte[] archive = new TestArchive().with(CONFIG, "{}").with("./" + CONFIG, "{}").bytes(kind);
        assertThat(fault(archive)).hasMessageContaining("is there twice");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whatGrowsBeyondTheLimitIsRefusedBeforeItIsOnTheDisk(Kind kind) throws IOException {
        byte[] archive =
                new TestArchive()
                        .with(CONFIG, "{}")
                        .with("adapter_model.safetensors", new byte[256 << 10])
                        .bytes(kind);
        assertThat(fault(archive))
                .hasMessage("The archive holds more than 65536 bytes.")
                .extracting(InvalidInputException::code)
                .isEqualTo(ErrorCode.ARCHIVE_TOO_LARGE);
        assertThat(bytesIn(folder))
                .isLessThanOrEqualTo(archive.length + LIMITS.maxExtractedBytes());
    }

    @Test
    void aFileThatIsParsedInMemoryHasALimitOfItsOwn() {
        ArchiveLimits wide = new ArchiveLimits(1L << 30, 1L << 30, 20, 1000);
        byte[] archive = new TestArchive().with(CONFIG, new byte[(1 << 20) + 1]).zip();
        assertThat(fault(archive, wide))
                .hasMessageContaining(
                        "more than 1048576 bytes by its entry \"adapter_config.json\"")
                .extracting(InvalidInputException::code)
                .isEqualTo(ErrorCode.ARCHIVE_TOO_LARGE);
    }

    @Test
    void theRatioIsLimitedPastTheFirstMegabytes() {
        ArchiveLimits limits = new ArchiveLimits(1L << 30, 1L << 30, 20, 50);
        byte[] archive =
                new TestArchive()
                        .with(CONFIG, "{}")
                        .with("adapter_model.safetensors", new byte[16 << 20])
                        .zip();
        assertThat(archive.length).isLessThan(100_000);
        assertThat(fault(archive, limits)).hasMessageContaining("holds more than 8388608 bytes");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void manyEntriesAreRefused(Kind kind) {
        TestArchive archive = new TestArchive().with(CONFIG, "{}");
        for (int i = 0; i < 20; i++) {
            archive.with("file" + i, "");
        }
        assertThat(fault(archive.bytes(kind))).hasMessageContaining("more than 20 entries");
    }

    @Test
    void aLongNameInATarDoesNotFillTheMemory() {
        byte[] archive = TestArchive.tarOfLongName(200_000);
        ArchiveLimits wide = new ArchiveLimits(1L << 30, 1L << 30, 20, 1000);
        assertThat(fault(archive, wide)).hasMessageContaining("a header of more than 65536 bytes");
    }

    @Test
    void anEncryptedEntryIsRefused() {
        byte[] archive = new TestArchive().with(CONFIG, "{}").zip();
        setInDirectory(archive, 8, 1);
        assertThat(fault(archive)).hasMessageContaining("is encrypted");
    }

    @Test
    void anEntryThatIsNotWhatItsHeaderSaysIsRefused() {
        byte[] honest = new TestArchive().with(CONFIG, "{\"r\": 4}").zip();
        for (int field : List.of(16, 24)) {
            byte[] lying = honest.clone();
            setInDirectory(lying, field, 3);
            assertThat(fault(lying).code()).isEqualTo(ErrorCode.ARCHIVE_FORMAT);
        }
    }

    @Test
    void aZip64IsRefused() {
        byte[] archive = new TestArchive().with(CONFIG, "{}").zip();
        int end = archive.length - 22;
        byte[] withLocator = Arrays.copyOf(archive, archive.length + 20);
        System.arraycopy(archive, end, withLocator, end + 20, 22);
        ByteBuffer.wrap(withLocator).order(ByteOrder.LITTLE_ENDIAN).putInt(end, 0x07064b50);
        assertThat(fault(withLocator)).hasMessageContaining("ZIP64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "PK\u0003\u0004", "PK\u0005\u0006", "{\"r\": 4}"})
    void whatIsNoArchiveIsRefused(String content) {
        assertThat(fault(content.getBytes(StandardCharsets.ISO_8859_1)).code())
                .isEqualTo(ErrorCode.ARCHIVE_FORMAT);
    }

    @Test
    void anArchiveInAnArchiveIsNotUnpacked() {
        byte[] inner = new TestArchive().with(CONFIG, "{}").zip();
        assertThat(fault(new TestArchive().with("adapter.zip", inner).zip()))
                .hasMessageContaining("has no adapter_config.json");
        assertThat(fault(TestArchive.gzip(TestArchive.gzip(inner))).code())
                .isEqualTo(ErrorCode.ARCHIVE_FORMAT);
    }

    @Test
    void aBodyBeyondTheLimitIsNotKept() throws IOException {
        Path target = folder.resolve("body");
        assertThatThrownBy(
                        () ->
                                ReceivedFile.receive(
                                        new java.io.ByteArrayInputStream(new byte[2 << 20]),
                                        target,
                                        LIMITS))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The archive has more than 1048576 bytes.");
        assertThat(Files.size(target)).isLessThanOrEqualTo(1 << 20);
    }

    private Path extract(byte[] archive) throws IOException {
        return extract(archive, LIMITS);
    }

    private Path extract(byte[] archive, ArchiveLimits limits) throws IOException {
        Path body = Files.createTempFile(folder, "body", "");
        Files.write(body, archive);
        Path target = Files.createTempDirectory(folder, "adapter");
        AdapterArchive.extract(body, target, limits);
        return target;
    }

    private InvalidInputException fault(byte[] archive) {
        return fault(archive, LIMITS);
    }

    private InvalidInputException fault(byte[] archive, ArchiveLimits limits) {
        InvalidInputException fault =
                catchThrowableOfType(InvalidInputException.class, () -> extract(archive, limits));
        assertThat(fault).isNotNull();
        return fault;
    }

    /** Sets the low byte of a field of the directory's first entry. */
    private static void setInDirectory(byte[] zip, int field, int value) {
        ByteBuffer buffer = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int directory = buffer.getInt(zip.length - 22 + 16);
        zip[directory + field] = (byte) value;
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static long bytesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
