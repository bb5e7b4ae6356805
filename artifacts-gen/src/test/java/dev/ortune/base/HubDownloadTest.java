package dev.ortune.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.OrtuneException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Downloads from a hub that behaves and from one that does not. */
@Timeout(30)
class HubDownloadTest {

    private static final String NAME = "acme/tiny";
    private static final String WEIGHTS = "model.safetensors";
    private static final String WEIGHTS_PATH = FakeHub.storagePath(WEIGHTS);

    @TempDir private Path folder;
    private FakeHub hub;

    @BeforeEach
    void startHub() throws IOException {
        hub = FakeHub.withModel(NAME);
    }

    @AfterEach
    void stopHub() {
        hub.close();
    }

    @Test
    void aModelIsDownloadedIntoTheLayoutOfHuggingFacesOwnCache() throws IOException {
        BaseModel model = resolver().resolve(NAME);

        assertThat(model.name()).isEqualTo(NAME);
        assertThat(model.origin())
                .isEqualTo(new Origin.HubDownload(hub.endpoint(), FakeHub.COMMIT));
        assertThat(model.origin().commit()).contains(FakeHub.COMMIT);
        Path repository = cache().resolve("models--acme--tiny");
        assertThat(model.directory()).isEqualTo(repository.resolve("snapshots/" + FakeHub.COMMIT));
        assertThat(repository.resolve("refs/main")).hasContent(FakeHub.COMMIT);
        for (String file : List.of("config.json", "tokenizer.json", "vocab.txt", WEIGHTS)) {
            assertThat(model.directory().resolve(file)).hasBinaryContent(hub.content(file));
            assertThat(Files.readSymbolicLink(model.directory().resolve(file)))
                    .isEqualTo(Path.of("../../blobs/" + hub.tag(file)));
        }
        assertThat(model.directory().resolve("README.md")).doesNotExist();
        assertThat(names(repository.resolve("blobs")))
                .hasSize(4)
                .noneMatch(n -> n.contains("incomplete"));
    }

    @Test
    void aNestedOnnxModelIsTakenWhenThereAreNoSafetensors() throws IOException {
        hub.withdraw(WEIGHTS);
        hub.publish("onnx/model.onnx", FakeHub.pattern(5_000));

        BaseModel model = resolver().resolve(NAME);

        Path weights = model.directory().resolve("onnx/model.onnx");
        assertThat(weights).hasBinaryContent(hub.content("onnx/model.onnx"));
        assertThat(Files.readSymbolicLink(weights))
                .isEqualTo(Path.of("../../../blobs/" + hub.tag("onnx/model.onnx")));
    }

    @Test
    void everyShardThatTheIndexNamesIsDownloaded() throws IOException {
        publishShards("model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors");

        BaseModel model = resolver().resolve(NAME);

        for (String shard :
                List.of("model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors")) {
            assertThat(model.directory().resolve(shard)).hasBinaryContent(hub.content(shard));
        }
        hub.close();
        assertThat(resolver().resolve(NAME).origin())
                .isEqualTo(new Origin.HubCacheHit(FakeHub.COMMIT));
    }

    @Test
    void anIndexThatNamesAFileOutsideTheSnapshotIsRefused() {
        publishShards("../../../../escape.safetensors");

        OrtuneException error = failure();

        assertThat(error.code()).isEqualTo(ErrorCode.BASE_NOT_FOUND);
        assertThat(error).hasMessageContaining("names no valid shards");
        assertThat(hub.hubRequests).noneMatch(s -> s.path().contains("escape"));
    }

    @Test
    void aBrokenConnectionIsResumedWhereItBroke() {
        hub.prepare(WEIGHTS_PATH, hub.brokenAfter(WEIGHTS, 100_000));
        RecordedProgress progress = new RecordedProgress();

        BaseModel model = resolver(Optional.empty(), progress).resolve(NAME);

        assertThat(model.directory().resolve(WEIGHTS)).hasBinaryContent(hub.content(WEIGHTS));
        assertThat(hub.storageRequests).hasSize(2);
        assertThat(hub.storageRequests.get(1).range().orElseThrow()).matches("bytes=[1-9][0-9]*-");
        assertThat(progress.lastFileBytes).isEqualTo(300_000);
        assertThat(progress.finishedFiles).isEqualTo(4);
    }

    @Test
    void aConnectionThatGoesSilentIsCutAndResumed() {
        hub.prepare(
                WEIGHTS_PATH,
                exchange -> {
                    hub.brokenAfter(WEIGHTS, 50_000).to(exchange);
                    sleep(3_000);
                });

        BaseModel model = resolver().resolve(NAME);

        assertThat(model.directory().resolve(WEIGHTS)).hasBinaryContent(hub.content(WEIGHTS));
        assertThat(hub.downloads(WEIGHTS)).isEqualTo(2);
    }

    @Test
    void aDownloadGoesOnFromWhatAnEarlierRunLeft() throws IOException {
        leaveIncomplete(java.util.Arrays.copyOf(hub.content(WEIGHTS), 120_000));

        BaseModel model = resolver().resolve(NAME);

        assertThat(model.directory().resolve(WEIGHTS)).hasBinaryContent(hub.content(WEIGHTS));
        assertThat(hub.storageRequests)
                .singleElement()
                .extracting(FakeHub.Seen::range)
                .isEqualTo(Optional.of("bytes=120000-"));
    }

    @Test
    void whatAnEarlierRunLeftIsThrownAwayWhenItIsNotTheSameFile() throws IOException {
        leaveIncomplete(FakeHub.pattern(120_000));

        BaseModel model = resolver().resolve(NAME);

        assertThat(model.directory().resolve(WEIGHTS)).hasBinaryContent(hub.content(WEIGHTS));
    }

    @Test
    void whatAnEarlierRunLeftIsThrownAwayWhenItIsLongerThanTheFile() throws IOException {
        leaveIncomplete(FakeHub.pattern(400_000));

        BaseModel model = resolver().resolve(NAME);

        assertThat(model.directory().resolve(WEIGHTS)).hasBinaryContent(hub.content(WEIGHTS));
        assertThat(hub.storageRequests)
                .singleElement()
                .extracting(FakeHub.Seen::range)
                .isEqualTo(Optional.empty());
    }

    @Test
    void aServerThatIgnoresTheRangeStartsTheFileAnew() throws IOException {
        leaveIncomplete(FakeHub.pattern(120_000));
        hub.prepare(WEIGHTS_PATH, exchange -> FakeHub.send(exchange, 200, hub.content(WEIGHTS), 0));

        BaseModel model = resolver().resolve(NAME);

        assertThat(model.directory().resolve(WEIGHTS)).hasBinaryContent(hub.content(WEIGHTS));
        assertThat(hub.downloads(WEIGHTS)).isEqualTo(1);
    }

    @Test
    void aRefusedRangeDiscardsWhatIsThere() throws IOException {
        leaveIncomplete(java.util.Arrays.copyOf(hub.content(WEIGHTS), 120_000));
        hub.prepare(WEIGHTS_PATH, FakeHub.status(416));

        BaseModel model = resolver().resolve(NAME);

        assertThat(model.directory().resolve(WEIGHTS)).hasBinaryContent(hub.content(WEIGHTS));
        assertThat(hub.storageRequests.get(1).range()).isEmpty();
    }

    @Test
    void aWrongContentRangeDiscardsWhatIsThere() throws IOException {
        leaveIncomplete(java.util.Arrays.copyOf(hub.content(WEIGHTS), 120_000));
        hub.prepare(
                WEIGHTS_PATH,
                exchange -> {
                    exchange.getResponseHeaders().set("Content-Range", "bytes 0-179999/300000");
                    FakeHub.send(exchange, 206, hub.content(WEIGHTS), 120_000);
                });

        BaseModel model = resolver().resolve(NAME);

        assertThat(model.directory().resolve(WEIGHTS)).hasBinaryContent(hub.content(WEIGHTS));
        assertThat(hub.storageRequests.get(1).range()).isEmpty();
    }

    @Test
    void aSizeThatTheStorageHostContradictsIsReportedWithBothSizes() {
        hub.announceSize(WEIGHTS, 250_000);

        OrtuneException error = failure();

        assertThat(error.code()).isEqualTo(ErrorCode.DOWNLOAD_FAILED);
        assertThat(error).hasMessageContaining("300000").hasMessageContaining("250000");
        assertNothingShown();
    }

    @Test
    void aBodyLongerThanAnnouncedIsCutOff() {
        hub.announceSize(WEIGHTS, 250_000);
        FakeHub.Answer endless =
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().write(hub.content(WEIGHTS));
                };
        hub.prepare(WEIGHTS_PATH, endless, endless, endless, endless);

        OrtuneException error = failure();

        assertThat(error.code()).isEqualTo(ErrorCode.DOWNLOAD_FAILED);
        assertThat(error).hasMessageContaining("more bytes arrive than the hub announced (250000)");
        assertNothingShown();
    }

    @Test
    void aWrongSha256IsReportedWithBothDigestsAndTheFileIsDeleted() throws IOException {
        String announced = "ab".repeat(32);
        String actual = hub.tag(WEIGHTS);
        hub.announceTag(WEIGHTS, announced);

        OrtuneException error = failure();

        assertThat(error.code()).isEqualTo(ErrorCode.CHECKSUM_MISMATCH);
        assertThat(error).hasMessageContaining(announced).hasMessageContaining(actual);
        assertThat(names(cache().resolve("models--acme--tiny/blobs")))
                .noneMatch(name -> name.startsWith(announced));
        assertNothingShown();
    }

    @Test
    void aWrongGitChecksumOfASmallFileIsReportedToo() {
        hub.announceTag("config.json", "cd".repeat(20));

        OrtuneException error = failure();

        assertThat(error.code()).isEqualTo(ErrorCode.CHECKSUM_MISMATCH);
        assertThat(error).hasMessageContaining("config.json").hasMessageContaining("cd".repeat(20));
    }

    @Test
    void aFileWithoutAChecksumIsNotTaken() {
        hub.announceTag(WEIGHTS, "v1-of-the-file");

        assertThat(failure()).hasMessageContaining("no checksum for " + WEIGHTS);
    }

    @Test
    void theTokenGoesToTheHubAndNeverToTheHostItRedirectsTo() {
        resolver(Optional.of("hf_secret"), DownloadProgress.silent()).resolve(NAME);

        assertThat(hub.hubRequests)
                .isNotEmpty()
                .allMatch(s -> s.authorization().equals(Optional.of("Bearer hf_secret")));
        assertThat(hub.storageRequests).isNotEmpty().allMatch(s -> s.authorization().isEmpty());
    }

    @Test
    void aRefusalTellsToSetTheToken() {
        for (int status : List.of(401, 403)) {
            hub.prepare(FakeHub.revisionPath(NAME), FakeHub.status(status));

            OrtuneException error = failure();

            assertThat(error.code()).isEqualTo(ErrorCode.BASE_NOT_FOUND);
            assertThat(error).hasMessageContaining("HTTP " + status);
            assertThat(error.remedy()).contains("HF_TOKEN");
        }
    }

    @Test
    void anUnknownNameIsReportedAfterOneRequest() {
        OrtuneException error = failure("acme/unknown");

        assertThat(error.code()).isEqualTo(ErrorCode.BASE_NOT_FOUND);
        assertThat(error).hasMessageContaining("acme/unknown").hasMessageContaining("404");
        assertThat(hub.hubRequests).hasSize(1);
    }

    @Test
    void aBusyHubIsAskedAgain() {
        hub.prepare(FakeHub.revisionPath(NAME), FakeHub.status(503), FakeHub.status(429));
        hub.prepare(WEIGHTS_PATH, FakeHub.status(503));

        BaseModel model = resolver().resolve(NAME);

        assertThat(model.directory().resolve(WEIGHTS)).hasBinaryContent(hub.content(WEIGHTS));
    }

    @Test
    void aHubThatStaysBusyIsGivenUp() {
        FakeHub.Answer busy = FakeHub.status(503);
        hub.prepare(FakeHub.revisionPath(NAME), busy, busy, busy, busy, busy);

        OrtuneException error = failure();

        assertThat(error.code()).isEqualTo(ErrorCode.DOWNLOAD_FAILED);
        assertThat(error).hasMessageContaining("HTTP 503 (tried 4 times)");
    }

    @Test
    void anExpiredStorageAddressIsAskedForAgain() {
        hub.prepare(WEIGHTS_PATH, FakeHub.status(403));

        resolver().resolve(NAME);

        assertThat(hub.downloads(WEIGHTS)).isEqualTo(2);
    }

    @Test
    void aRenamedModelIsFollowedOnTheSameHub() {
        hub.prepare(
                "/api/models/tiny/revision/main",
                exchange -> {
                    exchange.getResponseHeaders().set("Location", FakeHub.revisionPath(NAME));
                    exchange.sendResponseHeaders(307, -1);
                });

        OrtuneException error = failure("tiny");

        // The listing was followed; the files of this hub stand under the new name only.
        assertThat(error).hasMessageContaining("404");
        assertThat(hub.hubRequests)
                .anyMatch(s -> s.path().equals("/tiny/resolve/" + FakeHub.COMMIT + "/config.json"));
    }

    @Test
    void aCircleOfRedirectsEnds() {
        FakeHub.Answer circle =
                exchange -> {
                    exchange.getResponseHeaders().set("Location", FakeHub.revisionPath(NAME));
                    exchange.sendResponseHeaders(302, -1);
                };
        for (int i = 0; i < 50; i++) {
            hub.prepare(FakeHub.revisionPath(NAME), circle);
        }

        assertThat(failure()).hasMessageContaining("redirects in a circle");
    }

    @Test
    void aWebPageInPlaceOfAHubIsToldApart() {
        hub.prepare(
                FakeHub.revisionPath(NAME),
                exchange ->
                        FakeHub.send(
                                exchange,
                                200,
                                "<html>log in</html>".getBytes(StandardCharsets.UTF_8),
                                0));

        OrtuneException error = failure();

        assertThat(error.code()).isEqualTo(ErrorCode.DOWNLOAD_FAILED);
        assertThat(error).hasMessageContaining("does not answer as a Hugging Face hub");
    }

    @Test
    void aModelWithoutReadableWeightsIsRefusedBeforeAnyDownload() {
        hub.withdraw(WEIGHTS);
        hub.publish("pytorch_model.bin", new byte[10]);

        OrtuneException error = failure();

        assertThat(error.code()).isEqualTo(ErrorCode.BASE_NOT_FOUND);
        assertThat(error).hasMessageContaining("neither model.safetensors nor onnx/model.onnx");
        assertThat(hub.hubRequests).hasSize(1);
    }

    @Test
    void aSystemWithoutSymbolicLinksGetsTheFilesThemselves() {
        HubCache cache =
                new HubCache(
                        cache(),
                        (link, target) -> {
                            throw new UnsupportedOperationException("no links here");
                        });
        HubSettings settings = BaseFixtures.settings(hub.endpoint(), cache());
        BaseModelResolver resolver =
                new BaseModelResolver(
                        settings,
                        BaseFixtures.tinyBundle(folder),
                        DownloadProgress.silent(),
                        cache);

        BaseModel model = resolver.resolve(NAME);

        assertThat(model.directory().resolve(WEIGHTS))
                .hasBinaryContent(hub.content(WEIGHTS))
                .satisfies(file -> assertThat(Files.isSymbolicLink(file)).isFalse());
        assertThat(resolver.resolve(NAME).origin()).isInstanceOf(Origin.HubCacheHit.class);
    }

    @Test
    void callersAtTheSameTimeShareOneDownload() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(6);
        try {
            List<Callable<BaseModel>> tasks = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                tasks.add(() -> resolver().resolve(NAME));
            }
            for (Future<BaseModel> model : callers.invokeAll(tasks)) {
                assertThat(model.get().directory().resolve(WEIGHTS))
                        .hasBinaryContent(hub.content(WEIGHTS));
            }
        } finally {
            callers.shutdownNow();
        }
        assertThat(hub.downloads(WEIGHTS)).isEqualTo(1);
    }

    @Test
    void aCacheThatCannotBeWrittenTellsWhichVariableMovesIt() throws IOException {
        Files.writeString(cache(), "a file where the cache should be");

        OrtuneException error = failure();

        assertThat(error.code()).isEqualTo(ErrorCode.OUTPUT_NOT_WRITABLE);
        assertThat(error.remedy()).contains("HF_HOME");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskIsToldAsSuchAndNotTriedAgain() throws IOException {
        Path blobs = Files.createDirectories(cache().resolve("models--acme--tiny/blobs"));
        Files.createSymbolicLink(
                blobs.resolve(hub.tag(WEIGHTS) + ".incomplete"), Path.of("/dev/full"));

        OrtuneException error = failure();

        assertThat(error.code()).isEqualTo(ErrorCode.DISK_FULL);
        assertThat(hub.downloads(WEIGHTS)).isEqualTo(1);
        assertNothingShown();
    }

    private Path cache() {
        return folder.resolve("hub");
    }

    private BaseModelResolver resolver() {
        return resolver(Optional.empty(), DownloadProgress.silent());
    }

    private BaseModelResolver resolver(Optional<String> token, DownloadProgress progress) {
        return new BaseModelResolver(
                BaseFixtures.settings(hub.endpoint(), cache(), token, false),
                BaseFixtures.tinyBundle(folder.resolve("home")),
                progress);
    }

    private OrtuneException failure() {
        return failure(NAME);
    }

    private OrtuneException failure(String name) {
        OrtuneException error =
                catchThrowableOfType(OrtuneException.class, () -> resolver().resolve(name));
        assertThat(error).isNotNull();
        return error;
    }

    private void publishShards(String... shards) {
        hub.withdraw(WEIGHTS);
        List<String> entries = new ArrayList<>();
        for (String shard : shards) {
            entries.add("\"tensor." + entries.size() + "\": \"" + shard + "\"");
            hub.publish(shard, FakeHub.pattern(1_000 + entries.size()));
        }
        String index = "{\"weight_map\": {" + String.join(", ", entries) + "}}";
        hub.publish("model.safetensors.index.json", index.getBytes(StandardCharsets.UTF_8));
    }

    private void leaveIncomplete(byte[] bytes) throws IOException {
        Path blobs = Files.createDirectories(cache().resolve("models--acme--tiny/blobs"));
        Files.write(blobs.resolve(hub.tag(WEIGHTS) + ".incomplete"), bytes);
    }

    private void assertNothingShown() {
        Path repository = cache().resolve("models--acme--tiny");
        assertThat(repository.resolve("snapshots/" + FakeHub.COMMIT + "/" + WEIGHTS))
                .doesNotExist();
        assertThat(repository.resolve("refs/main")).doesNotExist();
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static void sleep(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class RecordedProgress implements DownloadProgress {
        private long lastFileBytes;
        private int finishedFiles;

        @Override
        public void started(String file, long totalBytes) {
            lastFileBytes = 0;
        }

        @Override
        public void advanced(long bytes) {
            lastFileBytes += bytes;
        }

        @Override
        public void finished() {
            finishedFiles++;
        }
    }
}
