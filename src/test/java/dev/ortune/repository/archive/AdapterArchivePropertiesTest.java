package dev.ortune.repository.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.repository.archive.TestArchive.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever a stranger sends: an adapter's files, within the limits, or one kind of error. */
class AdapterArchivePropertiesTest {

    private static final ArchiveLimits LIMITS = new ArchiveLimits(1 << 20, 4096, 12, 50);
    private static final Set<String> KNOWN =
            Arrays.stream(AdapterFile.values())
                    .map(AdapterFile::fileName)
                    .collect(Collectors.toSet());

    @Property(tries = 300)
    void anyNamesGiveKnownFilesOrAnError(
            @ForAll Kind kind, @ForAll("entries") Map<String, byte[]> entries) throws IOException {
        TestArchive archive = new TestArchive();
        entries.forEach(archive::with);
        requireTame(archive.bytes(kind));
    }

    @Property(tries = 300)
    void aDamagedArchiveGivesKnownFilesOrAnError(
            @ForAll Kind kind,
            @ForAll @Size(max = 8) List<@IntRange(max = 1 << 20) Integer> places,
            @ForAll byte value)
            throws IOException {
        byte[] archive = honest().bytes(kind);
        for (int place : places) {
            archive[place % archive.length] = value;
        }
        requireTame(archive);
    }

    @Property(tries = 200)
    void aCutOffArchiveGivesKnownFilesOrAnError(
            @ForAll Kind kind, @ForAll @IntRange(max = 1 << 20) int length) throws IOException {
        byte[] archive = honest().bytes(kind);
        requireTame(Arrays.copyOf(archive, length % archive.length));
    }

    @Property(tries = 200)
    void anyBytesGiveAnError(@ForAll("magic") byte[] magic, @ForAll byte[] rest)
            throws IOException {
        byte[] content = Arrays.copyOf(magic, magic.length + rest.length);
        System.arraycopy(rest, 0, content, magic.length, rest.length);
        requireTame(content);
    }

    @Provide
    Arbitrary<byte[]> magic() {
        return Arbitraries.of(
                new byte[] {},
                new byte[] {'P', 'K', 3, 4},
                new byte[] {'P', 'K', 5, 6},
                new byte[] {0x1F, (byte) 0x8B, 8});
    }

    @Provide
    Arbitrary<Map<String, byte[]>> entries() {
        Arbitrary<String> part =
                Arbitraries.oneOf(
                        Arbitraries.of("adapter_config.json", "adapter_model.safetensors"),
                        Arbitraries.of("..", ".", "", "a", "C:", "\\", "config.json"),
                        Arbitraries.strings().ofMaxLength(12));
        Arbitrary<String> name =
                part.list().ofMinSize(1).ofMaxSize(4).map(parts -> String.join("/", parts));
        Arbitrary<byte[]> content =
                Arbitraries.oneOf(
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(64),
                        Arbitraries.just(new byte[6000]));
        return Arbitraries.maps(name.filter(text -> !text.isEmpty()), content)
                .ofMinSize(1)
                .ofMaxSize(14);
    }

    private static TestArchive honest() {
        return new TestArchive()
                .with("model/adapter_config.json", "{\"r\": 4, \"lora_alpha\": 8}")
                .with("model/adapter_model.safetensors", new byte[300])
                .with("model/README.md", "words ".repeat(40));
    }

    private static void requireTame(byte[] content) throws IOException {
        Path root = Files.createTempDirectory("archive-properties");
        try {
            Path body = Files.write(root.resolve("body"), content);
            Path target = Files.createDirectories(root.resolve("a/b/adapter"));
            try {
                AdapterArchive.extract(body, target, LIMITS);
                assertThat(target.resolve("adapter_config.json")).exists();
            } catch (InvalidInputException e) {
                assertThat(e.code()).isIn(ErrorCode.ARCHIVE_FORMAT, ErrorCode.ARCHIVE_TOO_LARGE);
                assertThat(e.getMessage()).doesNotContain(root.toString());
            }
            requireInside(root, target);
        } finally {
            delete(root);
        }
    }

    private static void requireInside(Path root, Path target) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            long bytes = 0;
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                if (path.equals(root.resolve("body"))) {
                    continue;
                }
                assertThat(path.getParent()).isEqualTo(target);
                assertThat(KNOWN).contains(path.getFileName().toString());
                bytes += Files.size(path);
            }
            assertThat(bytes).isLessThanOrEqualTo(LIMITS.maxExtractedBytes());
        }
    }

    private static void delete(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
