package dev.ortune.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.OrtuneException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** In which order the places are searched, and what is never done silently. */
@Timeout(30)
class BaseModelResolverTest {

    /** Nothing listens on the discard port of the loopback address. */
    private static final URI NOBODY = URI.create("http://127.0.0.1:9");

    @TempDir private Path folder;

    @Test
    void anExistingFolderComesFirst() throws IOException {
        Path local = Files.createDirectory(folder.resolve("mine"));

        BaseModel model = resolver(NOBODY, false).resolve(local.toString());

        assertThat(model.directory()).isEqualTo(local);
        assertThat(model.origin()).isEqualTo(new Origin.LocalFolder());
    }

    @Test
    void bothNamesOfTheBundledBaseNeedNoNetwork() {
        for (String name : List.of("bge-small-en-v1.5", "BAAI/bge-small-en-v1.5")) {
            BaseModel model = resolver(NOBODY, false).resolve(name);

            assertThat(model.origin()).isInstanceOf(Origin.Bundled.class);
            assertThat(model.directory().resolve("model.onnx")).exists();
        }
    }

    @Test
    void aCompleteSnapshotInTheCacheNeedsNoNetwork() throws IOException {
        Path snapshot = cachedSnapshot("models--distilbert-base-uncased");

        BaseModel model = resolver(NOBODY, false).resolve("distilbert-base-uncased");

        assertThat(model.directory()).isEqualTo(snapshot);
        assertThat(model.origin()).isEqualTo(new Origin.HubCacheHit(FakeHub.COMMIT));
    }

    @Test
    void aSnapshotWithADanglingLinkIsNotComplete() throws IOException {
        Path snapshot = cachedSnapshot("models--distilbert-base-uncased");
        Files.delete(snapshot.resolve("model.safetensors"));
        Files.createSymbolicLink(
                snapshot.resolve("model.safetensors"), Path.of("../../blobs/gone"));

        assertThat(failure(NOBODY, "distilbert-base-uncased").code())
                .isEqualTo(ErrorCode.DOWNLOAD_FAILED);
    }

    @Test
    void aReferenceThatIsNoCommitIsNotFollowed() throws IOException {
        cachedSnapshot("models--distilbert-base-uncased");
        Files.writeString(
                folder.resolve("hub/models--distilbert-base-uncased/refs/main"), "../../other");

        assertThat(failure(NOBODY, "distilbert-base-uncased").code())
                .isEqualTo(ErrorCode.DOWNLOAD_FAILED);
    }

    @Test
    void anExplicitNameIsNeverReplacedWhenNoHubAnswers() {
        OrtuneException error = failure(NOBODY, "distilbert-base-uncased");

        assertThat(error.code()).isEqualTo(ErrorCode.DOWNLOAD_FAILED);
        assertThat(error).hasMessageContaining("could not connect to http://127.0.0.1:9");
        assertThat(error.remedy()).contains("local folder", "HF_ENDPOINT", "bge-small-en-v1.5");
    }

    @Test
    void theDefaultIsReplacedByTheBundledBaseAndSaysWhyInOneLine() {
        List<String> notices = new ArrayList<>();

        BaseModel model = resolver(NOBODY, false).resolveDefault(notices::add);

        assertThat(model.origin()).isInstanceOf(Origin.Bundled.class);
        assertThat(notices)
                .containsExactly(
                        "No hub answered (could not connect to http://127.0.0.1:9: connection refused): using"
                                + " the bundled bge-small-en-v1.5 instead of distilbert-base-uncased.");
    }

    @Test
    void aHostNameThatNobodyKnowsIsToldApart() {
        // As the HTTP client reports it; a real lookup would leave this machine.
        Retries retries = new Retries(BaseFixtures.settings(NOBODY, folder));
        ConnectException unresolved = new ConnectException();
        unresolved.initCause(new ConnectException().initCause(new UnresolvedAddressException()));

        HubException error =
                catchThrowableOfType(
                        HubException.class,
                        () ->
                                retries.firstContact(
                                        () -> {
                                            throw unresolved;
                                        }));

        assertThat(error.kind()).isEqualTo(HubException.Kind.NO_ANSWER);
        assertThat(error).hasMessageEndingWith("unknown host");
    }

    @Test
    void theDefaultIsReplacedQuicklyWhenTheHubStaysSilent() throws IOException {
        try (FakeHub hub = FakeHub.withModel(BaseModelResolver.DEFAULT_NAME)) {
            hub.prepare(
                    FakeHub.revisionPath(BaseModelResolver.DEFAULT_NAME),
                    exchange -> {
                        try {
                            Thread.sleep(6_000);
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    });
            List<String> notices = new ArrayList<>();
            long begin = System.nanoTime();

            resolver(hub.endpoint(), false).resolveDefault(notices::add);

            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isLessThan(Duration.ofSeconds(6));
            assertThat(notices).singleElement().asString().contains("no answer within 1.5 s");
        }
    }

    @Test
    void theDefaultIsReplacedWhenTheHubDoesNotHaveIt() throws IOException {
        try (FakeHub hub = FakeHub.withModel("acme/other")) {
            List<String> notices = new ArrayList<>();

            BaseModel model = resolver(hub.endpoint(), false).resolveDefault(notices::add);

            assertThat(model.origin()).isInstanceOf(Origin.Bundled.class);
            assertThat(notices)
                    .singleElement()
                    .asString()
                    .startsWith(
                            "The hub did not give distilbert-base-uncased (127.0.0.1 answered HTTP 404)");
        }
    }

    @Test
    void anAlteredDefaultIsAnErrorAndNotAReasonToTakeAnother() throws IOException {
        try (FakeHub hub = FakeHub.withModel(BaseModelResolver.DEFAULT_NAME)) {
            hub.announceTag("model.safetensors", "ab".repeat(32));
            List<String> notices = new ArrayList<>();

            OrtuneException error =
                    catchThrowableOfType(
                            OrtuneException.class,
                            () -> resolver(hub.endpoint(), false).resolveDefault(notices::add));

            assertThat(error.code()).isEqualTo(ErrorCode.CHECKSUM_MISMATCH);
            assertThat(notices).isEmpty();
        }
    }

    @Test
    void theDefaultComesFromTheHubWhenItAnswers() throws IOException {
        try (FakeHub hub = FakeHub.withModel(BaseModelResolver.DEFAULT_NAME)) {
            List<String> notices = new ArrayList<>();

            BaseModel model = resolver(hub.endpoint(), false).resolveDefault(notices::add);

            assertThat(model.name()).isEqualTo("distilbert-base-uncased");
            assertThat(notices).isEmpty();
        }
    }

    @Test
    void offlineTheHubIsNotAsked() throws IOException {
        try (FakeHub hub = FakeHub.withModel(BaseModelResolver.DEFAULT_NAME)) {
            List<String> notices = new ArrayList<>();

            resolver(hub.endpoint(), true).resolveDefault(notices::add);

            assertThat(hub.hubRequests).isEmpty();
            assertThat(notices).singleElement().asString().contains("(HF_HUB_OFFLINE is set)");
        }
    }

    @Test
    void aMissingFolderIsNotTakenForAModelName() {
        for (String text :
                List.of("./missing", "/missing/folder", "a/b/c", "", " ", "../x", "a\0b")) {
            OrtuneException error = failure(NOBODY, text);

            assertThat(error.code()).isEqualTo(ErrorCode.BASE_NOT_FOUND);
        }
    }

    private BaseModelResolver resolver(URI endpoint, boolean offline) {
        return new BaseModelResolver(
                BaseFixtures.settings(endpoint, folder.resolve("hub"), Optional.empty(), offline),
                BaseFixtures.tinyBundle(folder.resolve("home")),
                DownloadProgress.silent());
    }

    private OrtuneException failure(URI endpoint, String text) {
        OrtuneException error =
                catchThrowableOfType(
                        OrtuneException.class, () -> resolver(endpoint, false).resolve(text));
        assertThat(error).as("error for '%s'", text).isNotNull();
        return error;
    }

    private Path cachedSnapshot(String repository) throws IOException {
        Path root = folder.resolve("hub").resolve(repository);
        Path snapshot = Files.createDirectories(root.resolve("snapshots/" + FakeHub.COMMIT));
        for (String file : List.of("config.json", "tokenizer.json", "model.safetensors")) {
            Files.writeString(snapshot.resolve(file), "{}");
        }
        Files.createDirectories(root.resolve("refs"));
        Files.writeString(root.resolve("refs/main"), FakeHub.COMMIT);
        return snapshot;
    }
}
