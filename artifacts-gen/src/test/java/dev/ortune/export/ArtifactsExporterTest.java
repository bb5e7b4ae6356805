package dev.ortune.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.base.BaseModel;
import dev.ortune.base.Origin;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.golden.Golden;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.graph.LoraOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactsExporterTest {

    private final ArtifactsExporter exporter = new ArtifactsExporter(BuildInfo.read());

    @TempDir private Path folder;
    private Path out;

    @BeforeEach
    void nameTheOutput() {
        out = folder.resolve("some/artifacts");
    }

    @Test
    void theFolderHoldsEveryArtifactAndTheManifestNamesThemWithTheirHashes() throws IOException {
        Manifest manifest = exporter.export(base("distilbert-tiny"), rank(4), out).manifest();

        List<String> named = manifest.files().stream().map(HashedFile::name).toList();
        assertThat(named)
                .containsExactlyInAnyOrder(
                        "training_model.onnx",
                        "eval_model.onnx",
                        "optimizer_model.onnx",
                        "inference_model.onnx",
                        "checkpoint",
                        "weights.bin",
                        "config.json",
                        "tokenizer.json",
                        "base.json");
        assertThat(out.toFile().list()).hasSize(named.size() + 1).contains("manifest.json");
        for (HashedFile file : manifest.files()) {
            assertThat(HashedFile.of(out.resolve(file.name()))).isEqualTo(file);
        }
        assertThat(out.getParent().toFile().list()).containsExactly("artifacts");
    }

    @Test
    void theManifestReadsBackAsItWasWritten() {
        Manifest manifest = exporter.export(base("bert-tiny"), rank(4), out).manifest();

        assertThat(Manifest.read(out)).isEqualTo(manifest);
        assertThat(manifest.onnx().opsets())
                .isEqualTo(new TreeMap<>(java.util.Map.of("ai.onnx", 17L, "com.microsoft", 1L)));
        assertThat(manifest.onnxRuntimeVersion()).isEqualTo("1.24.1");
        assertThat(manifest.ortuneVersion()).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(manifest.source().files())
                .extracting(HashedFile::name)
                .containsExactly("config.json", "model.safetensors", "vocab.txt");
    }

    @Test
    void theManifestGivesTypesAndSymbolicShapesOfEveryInput() {
        Manifest manifest = exporter.export(base("distilbert-tiny"), rank(4), out).manifest();

        GraphDescription training = manifest.graphs().get(0);
        assertThat(training.file()).isEqualTo("training_model.onnx");
        assertThat(training.inputs())
                .extracting(input -> input.name() + " " + input.type() + " " + input.shape())
                .contains(
                        "input_ids int64 [\"tokens\"]",
                        "attention_bias float32 [\"batch\", 1, 1, \"positions\"]",
                        "gradient_scale float32 []",
                        "lazy_reset_grad bool [1]",
                        "distilbert.transformer.layer.0.attention.q_lin.lora_A.weight float32 [4, 32]");
        assertThat(manifest.graphs().get(2).inputs())
                .extracting(GraphTensor::type)
                .containsExactly(
                        "float32",
                        "int64",
                        "sequence(float32)",
                        "sequence(float32)",
                        "sequence(float32)",
                        "sequence(float32)");
    }

    @Test
    void theSameOptionsGiveTheSameBytesAndAnotherSeedAnotherCheckpoint() {
        List<HashedFile> first =
                exporter.export(base("bert-tiny"), rank(4), out).manifest().files();
        List<HashedFile> second =
                exporter.export(base("bert-tiny"), rank(4), folder.resolve("b")).manifest().files();
        List<HashedFile> seeded =
                exporter.export(
                                base("bert-tiny"),
                                ExportOptions.of(rank(4).classifier(), OptionalInt.empty(), 1),
                                folder.resolve("c"))
                        .manifest()
                        .files();

        assertThat(second).isEqualTo(first);
        assertThat(seeded).isNotEqualTo(first);
    }

    @Test
    void anotherRankRegeneratesTheGraphsAndLeavesTheWeightsAlone() throws IOException {
        exporter.export(base("distilbert-tiny"), rank(4), out);
        FileTime longAgo = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
        Files.setLastModifiedTime(out.resolve("weights.bin"), longAgo);
        Object inode = Files.getAttribute(out.resolve("weights.bin"), "unix:ino");

        ExportedArtifacts again = exporter.export(base("distilbert-tiny"), rank(8), out);

        assertThat(again.weightsReused()).isTrue();
        assertThat(Files.getLastModifiedTime(out.resolve("weights.bin"))).isEqualTo(longAgo);
        assertThat(Files.getAttribute(out.resolve("weights.bin"), "unix:ino")).isEqualTo(inode);
        assertThat(Manifest.read(out).options().loraRank()).isEqualTo(8);
        assertWholeFolder();
    }

    @Test
    void artifactsOfAnotherBaseAreReplaced() throws IOException {
        exporter.export(base("distilbert-tiny"), rank(4), out);
        ExportedArtifacts replaced = exporter.export(base("bert-tiny"), rank(4), out);

        assertThat(replaced.weightsReused()).isFalse();
        assertThat(PreparedBase.open(out).model().family().modelType()).isEqualTo("bert");
        assertWholeFolder();
    }

    @Test
    void damagedWeightsAreWrittenAnew() throws IOException {
        exporter.export(base("distilbert-tiny"), rank(4), out);
        Files.write(out.resolve("weights.bin"), new byte[10]);

        assertThat(exporter.export(base("distilbert-tiny"), rank(4), out).weightsReused())
                .isFalse();
        assertWholeFolder();
    }

    @Test
    void anEmptyFolderIsFilled() throws IOException {
        Files.createDirectories(out);

        exporter.export(base("distilbert-tiny"), rank(4), out);

        assertWholeFolder();
    }

    @Test
    void aFolderWithOtherFilesIsRefusedUntouched() throws IOException {
        Files.createDirectories(out);
        Files.writeString(out.resolve("config.json"), "{}");

        assertThatThrownBy(() -> exporter.export(base("distilbert-tiny"), rank(4), out))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        error -> assertThat(error.code()).isEqualTo(ErrorCode.OUTPUT_EXISTS));
        assertThat(out.toFile().list()).containsExactly("config.json");
        assertThat(out.resolve("config.json")).hasContent("{}");
    }

    @Test
    void aFileInPlaceOfTheFolderIsRefused() throws IOException {
        Files.createDirectories(out.getParent());
        Files.writeString(out, "mine");

        assertThatThrownBy(() -> exporter.export(base("distilbert-tiny"), rank(4), out))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        error -> assertThat(error.code()).isEqualTo(ErrorCode.OUTPUT_EXISTS));
        assertThat(out).hasContent("mine");
    }

    @Test
    void aFailedRegenerationLeavesTheOldArtifacts() throws IOException {
        exporter.export(base("distilbert-tiny"), rank(4), out);
        Manifest before = Manifest.read(out);

        assertThatThrownBy(() -> exporter.export(base("distilbert-tiny"), rank(1000), out))
                .isInstanceOf(InvalidInputException.class);

        assertThat(Manifest.read(out)).isEqualTo(before);
        assertWholeFolder();
    }

    @Test
    void anExportThatWasKilledIsTakenOverByTheNext() throws IOException {
        exporter.export(base("distilbert-tiny"), rank(4), out);
        Files.delete(out.resolve("manifest.json"));
        Files.createDirectory(out.resolve(".ortune-export-killed"));

        exporter.export(base("distilbert-tiny"), rank(4), out);

        assertWholeFolder();
    }

    @Test
    void anExportThatCannotFinishMovingIsTakenOverByTheNext() throws IOException {
        exporter.export(base("distilbert-tiny"), rank(4), out);
        Files.delete(out.resolve("eval_model.onnx"));
        Path obstacle = Files.createDirectories(out.resolve("eval_model.onnx/obstacle"));

        assertThatThrownBy(() -> exporter.export(base("distilbert-tiny"), rank(8), out))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        error -> assertThat(error.code()).isEqualTo(ErrorCode.OUTPUT_NOT_WRITABLE));

        Files.delete(obstacle);
        Files.delete(obstacle.getParent());
        exporter.export(base("distilbert-tiny"), rank(8), out);
        assertWholeFolder();
    }

    @Test
    void theFilesCanBeReadByOthersAsFarAsTheUserLets() throws IOException {
        exporter.export(base("distilbert-tiny"), rank(4), out);
        Path usual = Files.createFile(folder.resolve("usual"));
        Path usualFolder = Files.createDirectory(folder.resolve("usualFolder"));

        assertThat(Files.getPosixFilePermissions(out))
                .isEqualTo(Files.getPosixFilePermissions(usualFolder));
        assertThat(Files.getPosixFilePermissions(out.resolve("weights.bin")))
                .isEqualTo(Files.getPosixFilePermissions(usual));
    }

    private void assertWholeFolder() throws IOException {
        for (HashedFile file : Manifest.read(out).files()) {
            assertThat(HashedFile.of(out.resolve(file.name()))).isEqualTo(file);
        }
        try (Stream<Path> files = Files.list(out)) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith(".")))
                    .isEmpty();
        }
    }

    private static BaseModel base(String name) {
        return new BaseModel(name, Golden.base(name), new Origin.LocalFolder());
    }

    private static ExportOptions rank(int rank) {
        return ExportOptions.of(
                ClassifierOptions.singleLabel(
                        new LoraOptions(rank, 32, 0.01, List.of()), List.of("no", "yes")),
                OptionalInt.empty(),
                0);
    }
}
