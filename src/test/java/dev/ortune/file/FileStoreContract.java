package dev.ortune.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What files do on any database. */
abstract class FileStoreContract {

    private static final long LIMIT = 1000;
    private static final long QUOTA = 1500;

    @TempDir private Path folder;
    private final Instant now = Instant.parse("2026-01-02T03:04:05Z");
    private FileStore files;

    /** An empty database. */
    abstract DataSource database();

    /** Contents in an empty folder. */
    abstract Blobs blobs(Path folder);

    @BeforeEach
    void migrate() {
        DataSource source = database();
        Flyway.configure().dataSource(source).locations("classpath:db/migration").load().migrate();
        files =
                new FileStore(
                        Jdbi.create(source),
                        blobs(folder),
                        () -> now,
                        (tenant, used, more) -> {
                            if (used + more > QUOTA) {
                                throw new IllegalStateException("the quota of " + tenant);
                            }
                        });
    }

    @Test
    void aFileIsReadAsItWasWritten() throws IOException {
        StoredFile file = add("a", "C:\\data\\reviews.jsonl", "{}\n");
        assertThat(file.id()).matches("file-[a-z2-7]{26}");
        assertThat(file.name()).isEqualTo("reviews.jsonl");
        assertThat(file.bytes()).isEqualTo(3);
        assertThat(file.createdAt()).isEqualTo(now);
        assertThat(file.sha256())
                .isEqualTo("ca3d163bab055381827226140568f3bef7eaac187cebd76878e0b63e9e442356");
        assertThat(files.get("a", file.id())).isEqualTo(file);
        assertThat(content(file)).isEqualTo("{}\n");
        assertThat(files.bytes("a")).isEqualTo(3);
    }

    @Test
    void aTenantSeesNoOtherTenantsFiles() throws IOException {
        StoredFile file = add("a", "r.csv", "x");
        for (Callable<Object> request :
                List.<Callable<Object>>of(
                        () -> files.get("b", file.id()),
                        () -> files.list("b", query(Optional.of(file.id()), 5, false)),
                        () -> {
                            files.delete("b", file.id());
                            return "";
                        })) {
            assertThatThrownBy(request::call)
                    .isInstanceOfSatisfying(
                            InvalidInputException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.FILE_NOT_FOUND));
        }
        assertThat(files.list("b", query(Optional.empty(), 5, false)).files()).isEmpty();
        assertThat(files.bytes("b")).isZero();
        assertThat(content(file)).isNotEmpty();
    }

    /** As whoever trains on it has it. */
    private String content(StoredFile file) throws IOException {
        Path place = folder.resolve(UUID.randomUUID() + ".csv");
        files.place(file, place);
        return Files.readString(place);
    }

    @Test
    void aFileThatIsDeletedMeanwhileIsNotFound() throws IOException {
        StoredFile file = add("a", "1.csv", "1");
        files.delete("a", file.id());
        for (Callable<?> reading :
                List.<Callable<?>>of(() -> content(file), () -> files.open(file))) {
            assertThatThrownBy(reading::call)
                    .isInstanceOfSatisfying(
                            InvalidInputException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.FILE_NOT_FOUND));
        }
    }

    @Test
    void listsComeInPagesInEitherOrder() throws IOException {
        StoredFile first = add("a", "1.csv", "1");
        StoredFile second = add("a", "2.csv", "2");
        StoredFile third = add("a", "3.csv", "3");
        FilePage newest = files.list("a", query(Optional.empty(), 2, false));
        assertThat(newest.files()).containsExactly(third, second);
        assertThat(newest.hasMore()).isTrue();
        assertThat(files.list("a", query(Optional.of(second.id()), 2, false)))
                .isEqualTo(new FilePage(List.of(first), false));
        assertThat(files.list("a", query(Optional.of(first.id()), 2, true)).files())
                .containsExactly(second, third);
        assertThat(
                        files.list(
                                        "a",
                                        new FileQuery(
                                                Optional.of(FilePurpose.FINE_TUNE_RESULTS),
                                                Optional.empty(),
                                                5,
                                                false))
                                .files())
                .isEmpty();
    }

    @Test
    void aFileThatIsTooLargeLeavesNothingBehind() throws IOException {
        assertThatThrownBy(() -> add("a", "large.csv", "x".repeat((int) LIMIT + 1)))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.FILE_TOO_LARGE));
        assertNothingThere();
    }

    @Test
    void aFileThatBreaksOffLeavesNothingBehind() throws IOException {
        InputStream broken =
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("the client has gone");
                    }
                };
        assertThatThrownBy(() -> files.add("a", "r.csv", FilePurpose.FINE_TUNE, broken, LIMIT))
                .isInstanceOf(IOException.class)
                .hasMessage("the client has gone");
        assertNothingThere();
    }

    @Test
    void aTenantKeepsNoMoreThanItMay() throws IOException {
        add("a", "1.csv", "x".repeat(900));
        assertThatThrownBy(() -> add("a", "2.csv", "x".repeat(601))).hasMessage("the quota of a");
        assertThat(files.bytes("a")).isEqualTo(900);
        try (Stream<Path> left = Files.walk(folder)) {
            assertThat(left.filter(Files::isRegularFile).map(Path::getFileName))
                    .filteredOn(name -> name.toString().startsWith("file-"))
                    .hasSize(1);
        }
        add("b", "3.csv", "x".repeat(900));
        add("a", "2.csv", "x".repeat(600));
    }

    @Test
    void aDeletedFileIsGone() throws IOException {
        StoredFile file = add("a", "r.csv", "x");
        files.delete("a", file.id());
        assertThatThrownBy(() -> files.get("a", file.id())).hasMessageContaining("no file");
        assertNothingThere();
    }

    @Test
    void aFileOfAGivenIdIsReplaced() throws IOException {
        put("file-x-report", "one");
        StoredFile again = put("file-x-report", "two");
        assertThat(content(again)).isEqualTo("two");
        assertThat(files.list("a", query(Optional.empty(), 5, false)).files())
                .containsExactly(again);
    }

    @Test
    void namesThatAreNoneAreRefused() {
        for (String name : List.of("", "  ", "folder/", "a\u0000b", "x".repeat(256))) {
            assertThatThrownBy(() -> add("a", name, "x"))
                    .as(name)
                    .isInstanceOf(InvalidInputException.class);
        }
    }

    private void assertNothingThere() throws IOException {
        assertThat(files.list("a", query(Optional.empty(), 5, false)).files()).isEmpty();
        if (Files.exists(folder.resolve("files"))) {
            try (Stream<Path> left = Files.list(folder.resolve("files"))) {
                assertThat(left).isEmpty();
            }
        }
    }

    private static FileQuery query(Optional<String> after, int limit, boolean ascending) {
        return new FileQuery(Optional.empty(), after, limit, ascending);
    }

    private StoredFile put(String id, String content) throws IOException {
        return files.put(id, "a", "r.json", FilePurpose.FINE_TUNE_RESULTS, stream(content), LIMIT);
    }

    private StoredFile add(String tenant, String name, String content) throws IOException {
        return files.add(tenant, name, FilePurpose.FINE_TUNE, stream(content), LIMIT);
    }

    private static InputStream stream(String content) {
        return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
    }
}
