package dev.ortune.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ortune.adapter.AdapterFolder;
import dev.ortune.adapter.GoldenAdapter;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.export.PreparedBase;
import dev.ortune.golden.GoldenCase;
import dev.ortune.io.Sha256;
import dev.ortune.repository.archive.ArchiveLimits;
import dev.ortune.repository.archive.TestArchive;
import dev.ortune.repository.archive.TestArchive.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AdapterUploadsTest {

    private static final Path PEFT = GoldenAdapter.named("peft-distilbert").folder();
    private static final Path OURS = GoldenAdapter.named("ortune-distilbert").folder();
    private static final String WEIGHTS = "adapter_model.safetensors";

    @TempDir private Path folder;

    private AdapterRepository repository;
    private KnownBases bases;
    private AdapterUploads uploads;

    @BeforeEach
    void open() {
        repository = AdapterRepository.open(folder.resolve("models"));
        bases =
                new KnownBases(
                        List.of(
                                GoldenCase.base("distilbert-tiny").toString(),
                                GoldenCase.base("bert-tiny").toString()),
                        Optional.empty(),
                        this::prepared);
        uploads = new AdapterUploads(repository, bases, ArchiveLimits.of(1 << 20));
    }

    private PreparedBase prepared(String base) {
        Path place = folder.resolve("base-" + UUID.randomUUID());
        return PreparedBase.create(base, Path.of(base), place);
    }

    @AfterEach
    void close() {
        repository.close();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void anAdapterOfPeftComesOutAsItCameIn(Kind kind) throws IOException {
        PublishedVersion version =
                publish(new TestArchive().withFolder("reviews/", PEFT).bytes(kind));
        Map<String, byte[]> exported = export(version);
        assertThat(exported).containsOnlyKeys("adapter_config.json", WEIGHTS, "config.json");
        for (Map.Entry<String, byte[]> file : exported.entrySet()) {
            assertThat(PEFT.resolve(file.getKey())).hasBinaryContent(file.getValue());
        }
    }

    @Test
    void whatServingNeedsIsKnownWithoutTheWeights() throws IOException {
        PublishedVersion version = publish(new TestArchive().withFolder("", OURS).zip());
        VersionRecord record = version.record();
        assertThat(record.base()).isEqualTo("distilbert-tiny");
        assertThat(record.labels()).containsExactly("negative", "positive", "so | so");
        assertThat(record.maxTokens()).isEqualTo(20);
        assertThat(record.rank()).isEqualTo(2);
        assertThat(record.modules()).allMatch(name -> name.matches(".*(q_lin|lin1)"));
        assertThat(record.sha256()).isEqualTo(Sha256.of(OURS.resolve(WEIGHTS)));
        assertThat(record.bytes()).isEqualTo(Files.size(OURS.resolve(WEIGHTS)));
        assertThat(record.tokenizerSha256()).as("the base's own tokenizer").isEmpty();
        assertThat(version.read().adapter().labels()).isEqualTo(record.labelScheme());
    }

    @Test
    void filesMayComeOneByOneUnderTheirOwnNames() throws IOException {
        List<UploadedFile> files;
        try (Stream<Path> listed = Files.list(OURS)) {
            files =
                    listed.map(file -> new UploadedFile("out\\" + file.getFileName(), file))
                            .toList();
        }
        PublishedVersion version =
                uploads.publish(Publication.of(TestModels.named("reviews")), files);
        assertThat(version.read().provenance()).isPresent();
        assertThat(version.folder().resolve("expected.json")).doesNotExist();
        assertThat(fault(List.of(files.get(0), files.get(0))).code())
                .isEqualTo(ErrorCode.ARCHIVE_FORMAT);
    }

    @Test
    void oneFileMayBeAnArchive() throws IOException {
        Path archive =
                Files.write(folder.resolve("upload"), new TestArchive().withFolder("", PEFT).zip());
        PublishedVersion version =
                uploads.publish(
                        Publication.of(TestModels.named("reviews")),
                        List.of(new UploadedFile("adapter.zip", archive)));
        assertThat(version.record().rank()).isEqualTo(4);
    }

    @Test
    void aTokenizerOfItsOwnIsKept() throws IOException {
        String own = tokenizer().replace("\"good\"", "\"goood\"");
        PublishedVersion version =
                publish(new TestArchive().withFolder("", PEFT).with("tokenizer.json", own).zip());
        assertThat(version.tokenizer()).hasValue(version.folder().resolve("tokenizer.json"));
        assertThat(new String(version.readTokenizer().orElseThrow(), StandardCharsets.UTF_8))
                .isEqualTo(own);
        String another = tokenizer().replace("\"truncation\": null", "\"truncation\":   null");
        assertThat(
                        publish(
                                        new TestArchive()
                                                .withFolder("", PEFT)
                                                .with("tokenizer.json", another)
                                                .zip())
                                .tokenizer())
                .as("the base's, laid out otherwise")
                .isEmpty();
    }

    @Test
    void aTokenizerWhoseIdsTheBaseDoesNotKnowIsRefused() throws IOException {
        String wide = tokenizer().replaceFirst("\"\\[CLS\\]\": *\\d+", "\"[CLS]\": 99999");
        InvalidInputException fault =
                fault(new TestArchive().withFolder("", PEFT).with("tokenizer.json", wide).zip());
        assertThat(fault.code()).isEqualTo(ErrorCode.ADAPTER_MISMATCH);
        assertThat(fault).hasMessageContaining("the id 99999");
    }

    @ParameterizedTest
    @CsvSource({
        "tokenizer.json, {}, TOKENIZER_FORMAT",
        "tokenizer_config.json, [], ADAPTER_FORMAT",
        "config.json, '{\"id2label\": {\"0\": \"a\"}}', ADAPTER_FORMAT",
        "ortune.json, '{\"formatVersion\": 9}', ADAPTER_FORMAT",
        "ortune.json, '{\"formatVersion\": 1, \"labels\": 5}', ADAPTER_FORMAT",
    })
    void aFaultyFileIsNamedWithoutItsPlace(String name, String content, ErrorCode code)
            throws IOException {
        TestArchive archive = new TestArchive();
        for (String file : List.of("adapter_config.json", WEIGHTS)) {
            archive.with(file, Files.readAllBytes(PEFT.resolve(file)));
        }
        InvalidInputException fault = fault(archive.with(name, content).zip());
        assertThat(fault.code()).isEqualTo(code);
        assertThat(fault)
                .hasMessageStartingWith(name)
                .hasMessageNotContaining(folder.toString())
                .hasMessageNotContaining("java");
        assertNothingLeft();
    }

    @Test
    void weightsThatAreNoNumbersAreRefused() throws IOException {
        byte[] weights = Files.readAllBytes(PEFT.resolve(WEIGHTS));
        ByteBuffer.wrap(weights)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(weights.length - 4, Float.NaN);
        InvalidInputException fault = fault(peftWith(WEIGHTS, weights));
        assertThat(fault.code()).isEqualTo(ErrorCode.ADAPTER_FORMAT);
        assertThat(fault).hasMessageContaining("NaN");
        assertNothingLeft();
    }

    @Test
    void anAdapterOfAnotherRankThanItsTensorsIsRefused() throws IOException {
        String config =
                Files.readString(PEFT.resolve("adapter_config.json"))
                        .replace("\"r\": 4", "\"r\": 3");
        assertThat(
                        fault(
                                        peftWith(
                                                "adapter_config.json",
                                                config.getBytes(StandardCharsets.UTF_8)))
                                .code())
                .isEqualTo(ErrorCode.ADAPTER_MISMATCH);
    }

    @Test
    void anExpressionThatTakesForEverIsRefused() throws IOException {
        String config =
                Files.readString(PEFT.resolve("adapter_config.json"))
                        .replaceAll(
                                "(?s)\"target_modules\": \\[.*?\\]",
                                "\"target_modules\": \".*.*.*.*.*.*.*.*.*!\"");
        assertThat(fault(peftWith("adapter_config.json", config.getBytes(StandardCharsets.UTF_8))))
                .hasMessageContaining("takes too long");
    }

    @Test
    void anUnknownBaseIsRefusedAndAKnownOneMayBeNamed() throws IOException {
        byte[] archive =
                new TestArchive()
                        .withFolder("", GoldenAdapter.named("peft-bert-no-pooler").folder())
                        .zip();
        assertThat(fault(archive).code()).isEqualTo(ErrorCode.BASE_NOT_FOUND);
        Publication onAnother =
                new Publication(
                        TestModels.named("reviews"),
                        true,
                        Optional.empty(),
                        Optional.of("distilbert-tiny"));
        InvalidInputException fault =
                catchThrowableOfType(
                        InvalidInputException.class,
                        () -> uploads.publish(onAnother, new ByteArrayInputStream(archive)));
        assertThat(fault.code()).isIn(ErrorCode.ADAPTER_MISMATCH, ErrorCode.INVALID_OPTION);
    }

    @Test
    void aBodyThatBreaksOffLeavesNothing() throws IOException {
        InputStream broken =
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("the client has gone");
                    }
                };
        assertThatThrownBy(
                        () -> uploads.publish(Publication.of(TestModels.named("reviews")), broken))
                .isInstanceOf(IOException.class);
        assertNothingLeft();
    }

    @Test
    void aBodyBeyondTheLimitIsRefused() {
        byte[] large = new byte[(1 << 20) + 1];
        assertThat(fault(large).code()).isEqualTo(ErrorCode.ARCHIVE_TOO_LARGE);
        assertNothingLeft();
    }

    @Test
    void whoReadsADeletedVersionLearnsOfIt() throws IOException {
        PublishedVersion first = publish(new TestArchive().withFolder("", PEFT).zip());
        publish(new TestArchive().withFolder("", PEFT).zip());
        Export export = new AdapterExports(repository, bases).open(first.reference(), "peft");
        repository.deleteVersion(TestModels.named("reviews"), "1");
        assertThatThrownBy(first::read)
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.VERSION_NOT_FOUND));
        assertThat(unzipped(export)).as("an export under way").containsKey(WEIGHTS);
    }

    @Test
    void anotherFolderInItsPlaceIsNotTakenForTheVersion() throws IOException {
        PublishedVersion first = publish(new TestArchive().withFolder("", PEFT).zip());
        repository.deleteModel(TestModels.named("reviews"));
        PublishedVersion second = publish(new TestArchive().withFolder("", OURS).zip());
        assertThat(second.folder()).isEqualTo(first.folder());
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThatThrownBy(first::read).hasMessageContaining("has no version 1");
    }

    @Test
    void aFormatThatIsNotOfferedIsRefusedWithThoseThatAre() throws IOException {
        PublishedVersion version = publish(new TestArchive().withFolder("", PEFT).zip());
        AdapterExports exports = new AdapterExports(repository, bases);
        for (String format : List.of("ONNX", "pickle", "")) {
            InvalidInputException fault =
                    catchThrowableOfType(
                            InvalidInputException.class,
                            () -> exports.open(version.reference(), format));
            assertThat(fault.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
            assertThat(fault.remedy()).contains("format=peft");
        }
    }

    @Test
    void aTrainedFolderIsPublishedForItsTenantAndStaysWhereItIs() {
        Path trained = trained("job-1");
        ModelName model = new ModelName("acme", "reviews");
        PublishedVersion version = uploads.publishFolder(Publication.of(model), trained);
        assertThat(version.model()).isEqualTo(model);
        assertThat(version.number()).isEqualTo(1);
        assertThat(version.read().adapter().labels())
                .isEqualTo(AdapterFolder.read(trained).adapter().labels());
        assertThat(version.folder().resolve(WEIGHTS))
                .hasSameBinaryContentAs(trained.resolve(WEIGHTS));
        assertThat(repository.models("default")).isEmpty();
        assertThat(folder.resolve("models/.drafts")).isEmptyDirectory();
    }

    @Test
    void aTrainedFolderIsPublishedOnceHoweverOftenItIsTried() {
        Path trained = trained("job-1");
        Publication publication =
                new Publication(
                        new ModelName("acme", "reviews"),
                        true,
                        Optional.of("prod"),
                        Optional.empty());
        PublishedVersion first = uploads.publishFolder(publication, trained);
        uploads.publishFolder(publication, withOtherAlpha(trained("job-2")));
        assertThat(uploads.publishFolder(publication, trained)).isEqualTo(first);
        assertThat(uploads.publishFolder(publication, trained("job-1-resumed"))).isEqualTo(first);
        reopen();
        assertThat(uploads.publishFolder(publication, trained).id()).isEqualTo(first.id());
        PublishedModel model = repository.model(publication.model());
        assertThat(model.versions()).hasSize(2);
        assertThat(model.aliasVersions()).isEqualTo(Map.of("default", 2, "prod", 2));
        Publication elsewhere = Publication.of(new ModelName("other", "reviews"));
        assertThat(uploads.publishFolder(elsewhere, trained).number())
                .as("another tenant's model is another")
                .isEqualTo(1);
    }

    @Test
    void whatIsNoTrainedFolderIsRefusedByItsFault() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        InvalidInputException fault =
                catchThrowableOfType(
                        InvalidInputException.class,
                        () ->
                                uploads.publishFolder(
                                        Publication.of(TestModels.named("reviews")), empty));
        assertThat(fault.code()).isEqualTo(ErrorCode.ADAPTER_FORMAT);
        assertNothingLeft();
    }

    @Test
    void configuredFoldersAreServedBesideThePublished() {
        KnownBases overridden =
                new KnownBases(
                        List.of(),
                        Optional.of(GoldenCase.base("distilbert-tiny").toString()),
                        base ->
                                PreparedBase.create(
                                        base, Path.of(base), folder.resolve("override")));
        new ConfiguredFolders(repository, overridden).mount(Map.of("fixed", PEFT));
        PublishedVersion version = repository.resolve(TestModels.reference("fixed"));
        assertThat(version.readOnly()).isTrue();
        assertThat(version.read().adapter().config().rank()).isEqualTo(4);
        assertThatThrownBy(
                        () ->
                                new ConfiguredFolders(repository, overridden)
                                        .mount(Map.of("gone", folder.resolve("nowhere"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The model \"gone\" cannot be served: ");
    }

    /** What a training leaves: the same bytes each time, as that of an equal run would be. */
    private Path trained(String job) {
        Path out = folder.resolve(job);
        AdapterFolder.write(
                out,
                GoldenAdapter.made(bases.base("distilbert-tiny").prepared(), "distilbert-tiny"));
        return out;
    }

    private static Path withOtherAlpha(Path adapter) {
        Path config = adapter.resolve("adapter_config.json");
        try {
            Files.writeString(
                    config,
                    Files.readString(config)
                            .replaceFirst("\"lora_alpha\" ?: ?[0-9.]+", "\"lora_alpha\": 3"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return adapter;
    }

    private void reopen() {
        repository.close();
        open();
    }

    private PublishedVersion publish(byte[] archive) throws IOException {
        return uploads.publish(
                Publication.of(TestModels.named("reviews")), new ByteArrayInputStream(archive));
    }

    private InvalidInputException fault(byte[] archive) {
        InvalidInputException fault =
                catchThrowableOfType(InvalidInputException.class, () -> publish(archive));
        assertThat(fault).isNotNull();
        return fault;
    }

    private InvalidInputException fault(List<UploadedFile> files) {
        return catchThrowableOfType(
                InvalidInputException.class,
                () -> uploads.publish(Publication.of(TestModels.named("reviews")), files));
    }

    private void assertNothingLeft() {
        assertThat(repository.models()).isEmpty();
        assertThat(folder.resolve("models/.drafts")).isEmptyDirectory();
    }

    private static byte[] peftWith(String name, byte[] content) throws IOException {
        TestArchive archive = new TestArchive();
        for (String file : List.of("adapter_config.json", WEIGHTS, "config.json")) {
            archive.with(
                    file, file.equals(name) ? content : Files.readAllBytes(PEFT.resolve(file)));
        }
        return archive.zip();
    }

    private static String tokenizer() throws IOException {
        return Files.readString(OURS.resolve("tokenizer.json"));
    }

    private Map<String, byte[]> export(PublishedVersion version) throws IOException {
        return unzipped(new AdapterExports(repository, bases).open(version.reference(), "peft"));
    }

    private static Map<String, byte[]> unzipped(Export export) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (export) {
            export.writeTo(bytes);
        }
        Map<String, byte[]> files = new HashMap<>();
        try (ZipInputStream zip =
                new ZipInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }
}
