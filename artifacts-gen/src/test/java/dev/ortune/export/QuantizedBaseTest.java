package dev.ortune.export;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ortune.golden.Golden;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.graph.FrozenLinear;
import dev.ortune.graph.LinearModule;
import dev.ortune.graph.LoraOptions;
import dev.ortune.graph.ModelStructure;
import dev.ortune.graph.Precision;
import dev.ortune.graph.QuantizedWeights;
import dev.ortune.onnx.OnnxModelRules;
import dev.ortune.onnx.proto.ModelProto;
import dev.ortune.onnx.proto.NodeProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantizedBaseTest {

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"distilbert-tiny", "bert-tiny", "distilbert-tiny-prefixed"})
    void everyLinearLayerOfTheEncoderIsThereAndNoOther(String name) {
        PreparedBase base = prepare(name);
        ModelStructure structure = base.model().structure(2);

        assertThat(QuantizedBase.of(base).modules().keySet())
                .containsExactlyElementsOf(
                        structure.linears().stream()
                                .map(LinearModule::name)
                                .filter(module -> module.contains(".layer."))
                                .toList());
    }

    @Test
    void aLayersBytesTimesItsScalesAreItsWeightTransposed() throws IOException {
        PreparedBase base = prepare("distilbert-tiny");
        QuantizedWeights quantized = QuantizedBase.of(base);
        ByteBuffer file =
                ByteBuffer.wrap(Files.readAllBytes(folder.resolve(quantized.fileName())))
                        .order(ByteOrder.LITTLE_ENDIAN);

        for (LinearModule module : base.model().structure(2).linears()) {
            QuantizedWeights.Location location = quantized.modules().get(module.name());
            if (location != null) {
                int inputs = (int) module.inputSize();
                int outputs = (int) module.outputSize();
                float[] weight = new float[inputs * outputs];
                try (BaseWeights weights = BaseWeights.open(base)) {
                    weights.read(module.weightName(), 0, weight);
                }
                for (int i = 0; i < weight.length; i++) {
                    int output = i / inputs;
                    int input = i % inputs;
                    float scale = file.getFloat((int) location.scaleOffset() + 4 * output);
                    byte value = file.get((int) location.weightOffset() + input * outputs + output);
                    assertThat(scale * value).isCloseTo(weight[i], within(0.51f * scale));
                }
            }
        }
    }

    @Test
    void aSecondRequestFindsTheFirstOnesFile() throws IOException {
        PreparedBase base = prepare("distilbert-tiny");
        QuantizedWeights first = QuantizedBase.of(base);
        Path file = folder.resolve(QuantizedBase.WEIGHTS_FILE);
        FileTime longAgo = FileTime.fromMillis(0);
        Files.setLastModifiedTime(file, longAgo);

        assertThat(QuantizedBase.of(PreparedBase.open(folder))).isEqualTo(first);
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(longAgo);
    }

    @Test
    void aFileThatIsCutOrOfOtherWeightsIsMadeAnew() throws IOException {
        PreparedBase base = prepare("distilbert-tiny");
        QuantizedBase.of(base);
        Path file = folder.resolve(QuantizedBase.WEIGHTS_FILE);
        byte[] whole = Files.readAllBytes(file);

        Files.write(file, new byte[100]);
        QuantizedBase.of(base);
        assertThat(file).hasBinaryContent(whole);

        Path description = folder.resolve(QuantizedBase.DESCRIPTION_FILE);
        String json = Files.readString(description);
        Files.writeString(description, json.replaceFirst("\"sha256\" : \"..", "\"sha256\" : \"--"));
        Files.write(file, new byte[whole.length]);
        QuantizedBase.of(base);
        assertThat(file).hasBinaryContent(whole);
        assertThat(description).hasContent(json);

        Files.writeString(description, "{");
        QuantizedBase.of(base);
        assertThat(description).hasContent(json);
    }

    @Test
    void requestsAtTheSameTimeAllGetAWholeFile() throws Exception {
        PreparedBase base = prepare("distilbert-tiny");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<QuantizedWeights> request = () -> QuantizedBase.of(base);
            List<Future<QuantizedWeights>> requests =
                    threads.invokeAll(List.of(request, request, request, request));
            for (Future<QuantizedWeights> done : requests) {
                assertThat(done.get()).isEqualTo(QuantizedBase.of(base));
            }
        } finally {
            threads.shutdown();
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(file -> file.toString().endsWith(".part"))).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"distilbert-tiny", "bert-tiny"})
    void theGraphMultipliesInEightBitsWhereTheEncoderIsFrozenAndNowhereElse(String name)
            throws IOException {
        PreparedBase base = prepare(name);
        ClassifierOptions options =
                ClassifierOptions.singleLabel(
                        new LoraOptions(4, 8, 0, List.of("all-linear")), List.of("a", "b"));
        FrozenLinear int8 = base.frozenLinear(Precision.INT8);
        ModelProto model = base.graphs(options).inference(int8);

        int layers = base.model().config().layers();
        int updates = base.graphs(options).plan().adaptedModules().size();
        int head = base.model().structure(2).head().size();
        // The head's frozen layers, if any, are adapted too.
        Map<String, Long> counts =
                model.getGraph().getNodeList().stream()
                        .collect(groupingBy(NodeProto::getOpType, counting()));
        assertThat(counts)
                .containsEntry("DynamicQuantizeMatMul", 6L * layers)
                .containsEntry("Gemm", 2L * updates + head);
        assertThat(
                        OnnxModelRules.violations(
                                model,
                                Map.of(
                                        PreparedBase.WEIGHTS_FILE,
                                        Files.size(base.weightsFile()),
                                        QuantizedBase.WEIGHTS_FILE,
                                        Files.size(folder.resolve(QuantizedBase.WEIGHTS_FILE)))))
                .isEmpty();
    }

    @Test
    void inFloat32TheGraphIsTheSameAsEver() {
        PreparedBase base = prepare("distilbert-tiny");
        ClassifierOptions options =
                ClassifierOptions.singleLabel(LoraOptions.DEFAULTS, List.of("a", "b"));

        assertThat(base.graphs(options).inference(base.frozenLinear(Precision.FLOAT32)))
                .isEqualTo(base.graphs(options).inference());
        assertThat(folder.resolve(QuantizedBase.WEIGHTS_FILE)).doesNotExist();
    }

    private PreparedBase prepare(String name) {
        return PreparedBase.create(name, Golden.base(name), folder);
    }
}
