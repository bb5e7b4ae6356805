package dev.ortune.repository;

import static dev.ortune.golden.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ortune.adapter.Adapter;
import dev.ortune.adapter.AdapterFolder;
import dev.ortune.adapter.GoldenAdapter;
import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.checkpoint.OrtAdapter;
import dev.ortune.checkpoint.OrtAdapterFile;
import dev.ortune.checkpoint.TensorShape;
import dev.ortune.export.PreparedBase;
import dev.ortune.golden.GoldenCase;
import dev.ortune.onnx.proto.ModelProto;
import dev.ortune.ort.HostTensor;
import dev.ortune.ort.InferenceSession;
import dev.ortune.ort.OrtRuntime;
import dev.ortune.repository.archive.ArchiveLimits;
import dev.ortune.repository.archive.TestArchive;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a published version is taken away as answers as the version does. */
class ExportedFormatsTest {

    private static final GoldenAdapter GOLDEN = GoldenAdapter.named("peft-distilbert");

    @TempDir private Path folder;

    private AdapterRepository repository;
    private AdapterExports exports;
    private PublishedVersion version;

    @BeforeEach
    void publish() throws IOException {
        repository = AdapterRepository.open(folder.resolve("models"));
        KnownBases bases =
                new KnownBases(
                        List.of(GoldenCase.base("distilbert-tiny").toString()),
                        Optional.empty(),
                        base ->
                                PreparedBase.create(
                                        "tiny", Path.of(base), folder.resolve("prepared")));
        exports = new AdapterExports(repository, bases);
        byte[] archive = new TestArchive().withFolder("", GOLDEN.folder()).zip();
        version =
                new AdapterUploads(repository, bases, ArchiveLimits.of(1 << 20))
                        .publish(
                                Publication.of(TestModels.named("reviews")),
                                new ByteArrayInputStream(archive));
    }

    @AfterEach
    void close() {
        repository.close();
    }

    @Test
    void theStandAloneModelHasPeftsLogits() throws IOException {
        Exported exported = export("onnx");
        assertThat(exported.fileName()).isEqualTo("reviews-1.onnx");
        ModelProto model = ModelProto.parseFrom(exported.content());
        try (OrtRuntime runtime = OrtRuntime.open(1);
                InferenceSession session = runtime.openInference(model, folder)) {
            for (int text = 0; text < GOLDEN.tokenIds().size(); text++) {
                long[] ids = Arrays.stream(GOLDEN.tokenIds().get(text)).asLongStream().toArray();
                long[] mask = new long[ids.length];
                Arrays.fill(mask, 1);
                TensorShape shape = TensorShape.of(1, ids.length);
                float[] logits =
                        session.run(
                                        Map.of(
                                                "input_ids",
                                                new HostTensor.Longs(shape, ids),
                                                "attention_mask",
                                                new HostTensor.Longs(shape, mask)))
                                .floats("logits");
                assertClose("text " + text, logits, GOLDEN.logits(text), 1e-4);
            }
        }
    }

    @Test
    void theOnnxRuntimeAdapterHoldsTheTrainedTensors() throws IOException {
        Exported exported = export("onnx_adapter");
        assertThat(exported.fileName()).isEqualTo("reviews-1.onnx_adapter");
        OrtAdapter read =
                OrtAdapterFile.read(Files.write(folder.resolve("file"), exported.content()));
        assertThat(read.adapterVersion()).isEqualTo(1);
        Adapter adapter = AdapterFolder.read(GOLDEN.folder()).adapter();
        Map<String, FloatTensor> published =
                adapter.parameters().stream()
                        .collect(Collectors.toMap(FloatTensor::name, tensor -> tensor));
        assertThat(read.parameters()).hasSameSizeAs(published.keySet()).isNotEmpty();
        for (FloatTensor tensor : read.parameters()) {
            assertThat(tensor.values()).isEqualTo(published.get(tensor.name()).values());
        }
    }

    @Test
    void anExportUnderWayOutlivesItsVersion() throws IOException {
        try (Export export = exports.open(version.reference(), "onnx_adapter")) {
            repository.deleteModel(TestModels.named("reviews"));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            export.writeTo(bytes);
            assertThat(bytes.size()).isPositive();
        }
    }

    private Exported export(String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Export export = exports.open(version.reference(), format)) {
            export.writeTo(bytes);
            return new Exported(export.fileName(), bytes.toByteArray());
        }
    }

    private record Exported(String fileName, byte[] content) {}
}
