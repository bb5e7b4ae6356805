package dev.ortune.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.checkpoint.TensorShape;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.golden.Golden;
import dev.ortune.golden.RealConfigs;
import dev.ortune.graph.AdapterPlan;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.graph.FrozenWeights;
import dev.ortune.graph.LinearModule;
import dev.ortune.graph.LoraOptions;
import dev.ortune.graph.StandaloneGraph;
import dev.ortune.graph.TrainableParameter;
import dev.ortune.onnx.OnnxModelRules;
import dev.ortune.onnx.proto.GraphProto;
import dev.ortune.onnx.proto.ModelProto;
import dev.ortune.onnx.proto.NodeProto;
import dev.ortune.onnx.proto.OperatorSetIdProto;
import dev.ortune.onnx.proto.StringStringEntryProto;
import dev.ortune.onnx.proto.TensorProto;
import dev.ortune.onnx.proto.ValueInfoProto;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One file for any ONNX runtime; the service's tests run it. */
class MergedModelTest {

    private static final long MEBIBYTE = 1 << 20;

    @TempDir private Path folder;

    static Stream<Golden> cases() {
        return Golden.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void itIsAWellFormedModelOfOnnxsOwnOperatorsOnly(Golden golden) throws IOException {
        PreparedBase base = PreparedBase.create("golden", golden.base(), folder);
        ModelProto model = merged(base, golden.options());

        assertThat(OnnxModelRules.violations(model, 0)).isEmpty();
        assertThat(model.getOpsetImportList())
                .extracting(OperatorSetIdProto::getDomain)
                .containsExactly("");
        assertThat(model.getGraph().getNodeList())
                .extracting(NodeProto::getDomain)
                .containsOnly("");
        assertThat(model.getGraph().getInputList())
                .extracting(ValueInfoProto::getName)
                .containsExactly("input_ids", "attention_mask");
    }

    @Test
    void theMetadataSayWhatTheLogitsMean() throws IOException {
        PreparedBase base = PreparedBase.create("the base", tiny(), folder);
        ModelProto model = merged(base, options("q_lin"));

        Map<String, String> metadata =
                model.getMetadataPropsList().stream()
                        .collect(
                                Collectors.toMap(
                                        StringStringEntryProto::getKey,
                                        StringStringEntryProto::getValue));
        assertThat(model.getProducerName()).isEqualTo("ortune");
        assertThat(metadata)
                .containsEntry("base", "the base")
                .containsEntry("problem_type", "single_label_classification");
        assertThat(new ObjectMapper().readTree(metadata.get("id2label")))
                .isEqualTo(new ObjectMapper().readTree("{\"0\": \"no\", \"1\": \"\\\"yes\\\"\"}"));
    }

    @Test
    void anAdaptedLayerHoldsTheSumAndEveryOtherTheBasesOrItsOwnValues() throws IOException {
        PreparedBase base = PreparedBase.create("base", tiny(), folder);
        ClassifierOptions options = options("q_lin");
        AdapterPlan plan = base.graphs(options).plan();
        List<FloatTensor> parameters = random(plan);
        GraphProto graph = merged(base, options, parameters).getGraph();

        LinearModule adapted = plan.adaptedModules().get(1);
        assertThat(values(graph, adapted.weightName()))
                .containsExactly(
                        sum(
                                fromBase(base, adapted.weightName()),
                                named(parameters, AdapterPlan.loraBName(adapted.name())),
                                named(parameters, AdapterPlan.loraAName(adapted.name())),
                                options.lora().scaling()),
                        within(1e-6f));
        assertThat(values(graph, adapted.biasName()))
                .containsExactly(fromBase(base, adapted.biasName()));
        String frozen = adapted.weightName().replace("q_lin", "k_lin");
        assertThat(values(graph, frozen)).containsExactly(fromBase(base, frozen));
        assertThat(values(graph, "classifier.weight"))
                .containsExactly(named(parameters, "classifier.weight"));
    }

    @Test
    void parametersOfAnotherPlanAreNotMerged() {
        PreparedBase base = PreparedBase.create("base", tiny(), folder);
        List<FloatTensor> others = random(base.graphs(options("k_lin")).plan());

        assertThatThrownBy(() -> merged(base, options("q_lin"), others))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("q_lin");
    }

    @Test
    void aModelThatDoesNotFitOneFileIsRefusedBeforeAByteIsWritten() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StandaloneGraph graph =
                new StandaloneGraph(
                        GraphProto.getDefaultInstance(),
                        Map.of("half", TensorShape.of(1 << 14, 1 << 15)));
        PreparedBase base = PreparedBase.create("base", tiny(), folder);
        try (BaseWeights weights = BaseWeights.open(base)) {
            AdapterPlan plan = base.graphs(options("q_lin")).plan();
            MergedWeights merged = new MergedWeights(weights, plan, random(plan));

            assertThatThrownBy(
                            () ->
                                    new InlineModelWriter(ModelProto.getDefaultInstance(), graph)
                                            .write(out, merged))
                    .isInstanceOfSatisfying(
                            InvalidInputException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_TOO_LARGE))
                    .hasMessageContaining("2048 MiB");
        }
        assertThat(out.size()).isZero();
    }

    @Test
    void aModelOfDistilBertsSizePassesThroughALittleMemory() throws IOException {
        FrozenWeights layout =
                RealConfigs.layout(RealConfigs.model(RealConfigs.distilBert()).structure(2));
        Path weights = folder.resolve(PreparedBase.WEIGHTS_FILE);
        try (RandomAccessFile file = new RandomAccessFile(weights.toFile(), "rw")) {
            // A hole: it takes no room on the disk.
            file.setLength(300 * MEBIBYTE);
        }
        PreparedBase base =
                new PreparedBase(
                        folder,
                        new BaseDescription(1, "hollow", List.of(), List.of(), layout),
                        RealConfigs.distilBert());
        ClassifierOptions options = options("q_lin");
        List<FloatTensor> parameters = random(base.graphs(options).plan());
        CountedBytes out = new CountedBytes();

        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        MergedModel.write(out, base, options, parameters);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(out.count).isGreaterThan(250 * MEBIBYTE);
        assertThat(allocated).isLessThan(64 * MEBIBYTE);
    }

    private static Path tiny() {
        return Golden.base("distilbert-tiny");
    }

    private static ClassifierOptions options(String target) {
        return ClassifierOptions.singleLabel(
                new LoraOptions(4, 32, 0.01, List.of(target)), List.of("no", "\"yes\""));
    }

    private static ModelProto merged(PreparedBase base, ClassifierOptions options)
            throws IOException {
        return merged(base, options, random(base.graphs(options).plan()));
    }

    private static ModelProto merged(
            PreparedBase base, ClassifierOptions options, List<FloatTensor> parameters)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        MergedModel.write(out, base, options, parameters);
        return ModelProto.parseFrom(out.toByteArray());
    }

    private static List<FloatTensor> random(AdapterPlan plan) {
        Random random = new Random(1);
        List<FloatTensor> parameters = new ArrayList<>();
        for (TrainableParameter parameter : plan.parameters()) {
            float[] values = new float[Math.toIntExact(parameter.shape().elements())];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextFloat() - 0.5f;
            }
            parameters.add(new FloatTensor(parameter.name(), parameter.shape(), values));
        }
        return parameters;
    }

    private static float[] sum(float[] weight, float[] b, float[] a, float scaling) {
        int rank = 4;
        int columns = a.length / rank;
        float[] sum = weight.clone();
        for (int i = 0; i < sum.length; i++) {
            for (int r = 0; r < rank; r++) {
                sum[i] += scaling * b[i / columns * rank + r] * a[r * columns + i % columns];
            }
        }
        return sum;
    }

    private static float[] named(List<FloatTensor> tensors, String name) {
        return tensors.stream()
                .filter(tensor -> tensor.name().equals(name))
                .findFirst()
                .orElseThrow()
                .values();
    }

    private static float[] fromBase(PreparedBase base, String name) {
        try (BaseWeights weights = BaseWeights.open(base)) {
            float[] values = new float[(int) weights.shape(name).elements()];
            weights.read(name, 0, values);
            return values;
        }
    }

    private static float[] values(GraphProto graph, String name) {
        TensorProto tensor =
                graph.getInitializerList().stream()
                        .filter(candidate -> candidate.getName().equals(name))
                        .findFirst()
                        .orElseThrow();
        float[] values = new float[tensor.getRawData().size() / Float.BYTES];
        tensor.getRawData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return values;
    }

    private static final class CountedBytes extends OutputStream {
        private long count;

        @Override
        public void write(int value) {
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            count += length;
        }
    }
}
