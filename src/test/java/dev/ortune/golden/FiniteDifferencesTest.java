package dev.ortune.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.checkpoint.TensorShape;
import dev.ortune.export.PreparedBase;
import dev.ortune.graph.ClassifierGraphs;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.graph.LoraOptions;
import dev.ortune.graph.OptimizerOptions;
import dev.ortune.graph.TextInputs;
import dev.ortune.graph.op.BatchSize;
import dev.ortune.graph.op.DropoutMasks;
import dev.ortune.graph.op.FedMasks;
import dev.ortune.ort.HostTensor;
import dev.ortune.ort.OrtRuntime;
import dev.ortune.ort.Outputs;
import dev.ortune.ort.TrainingArtifacts;
import dev.ortune.ort.TrainingSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The gradients are the loss's own slopes, by nobody's word but the loss's: central differences of
 * fourth order, {@code (8 (L(p + εd) - L(p - εd)) - (L(p + 2εd) - L(p - 2εd))) / 12ε}, along random
 * directions d against {@code gradient · d}.
 *
 * <p>A float32 loss near 1 is good to about 1e-7, so the difference over the shortest step is good to
 * a few 1e-4: below 1e-2 of the slopes here. Longer steps are better, but not where they cross a kink
 * of DistilBERT's ReLU: one of the steps must show the slope.
 *
 * <p>With dropout, equal seeds give equal masks in a new session's first step, so every value of the
 * loss is taken from a session of its own.
 */
class FiniteDifferencesTest {

    private static final double[] STEPS = {8e-3, 2e-3, 5e-4};
    private static final double TOLERANCE = 1e-2;
    private static final int MANY_DIRECTIONS = 40;
    // Where each value of the loss costs a session.
    private static final int FEW_DIRECTIONS = 5;
    private static final long DROPOUT_SEED = 11;

    private final OrtRuntime runtime = TestDevice.open();

    @TempDir private Path folder;
    private GoldenCase golden;
    private PreparedBase base;
    private List<FloatTensor> initial;

    @BeforeEach
    void nothingIsOpen() {
        assertThat(runtime.openHandles()).isEqualTo(1);
    }

    @AfterEach
    void everythingIsClosed() {
        runtime.close();
        assertThat(runtime.openHandles()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "distilbert-all-r8-accumulation",
                "distilbert-ffn-r4-multi-label",
                "bert-query-value-r8-class-weights",
                "bert-ffn-r8-accumulation"
            })
    void withoutDropoutTheGradientsAreTheSlopesOfTheEvaluatedLoss(String name) {
        use(name);
        ClassifierGraphs graphs = base.graphs(golden.options());
        try (TrainingSession session = open(graphs, DropoutMasks.none(), initial)) {
            List<float[]> gradients = gradients(session.trainStep(inputs()));
            assertSlopes(
                    gradients,
                    parameters -> {
                        parameters.forEach(session::setParameter);
                        return session.evaluate(inputs()).scalar(ClassifierGraphs.LOSS);
                    },
                    MANY_DIRECTIONS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"distilbert-qv-r8-three-labels", "bert-query-value-r8-class-weights"})
    void withDropoutTheGradientsAreTheSlopesOfTheTrainedLoss(String name) throws IOException {
        useWithDropout(name);
        ClassifierGraphs graphs = base.graphs(withDropout(golden.options()));
        ToDoubleFunction<List<FloatTensor>> loss =
                parameters -> firstStep(graphs, parameters).scalar(ClassifierGraphs.LOSS);

        assertSlopes(gradients(firstStep(graphs, initial)), loss, FEW_DIRECTIONS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"distilbert-qv-r8-three-labels", "bert-query-value-r8-class-weights"})
    void withMasksAsInputsTheGradientsAreTheSlopesOfTheTrainedLoss(String name) throws IOException {
        useWithDropout(name);
        ClassifierGraphs graphs = base.graphs(withDropout(golden.options()));
        FedMasks masks = DropoutMasks.fed();
        try (TrainingSession session = open(graphs, masks, initial)) {
            Map<String, HostTensor> inputs = inputs();
            inputs.putAll(randomMasks(masks));

            assertSlopes(
                    gradients(session.trainStep(inputs)),
                    parameters -> {
                        parameters.forEach(session::setParameter);
                        return session.trainStep(inputs).scalar(ClassifierGraphs.LOSS);
                    },
                    FEW_DIRECTIONS);
        }
    }

    @Test
    void dropoutActsAndItsMasksAreTheSeeds() throws IOException {
        useWithDropout("distilbert-all-r8-accumulation");
        ClassifierGraphs graphs = base.graphs(withDropout(golden.options()));
        float once = firstStep(graphs, initial).scalar(ClassifierGraphs.LOSS);
        float again = firstStep(graphs, initial).scalar(ClassifierGraphs.LOSS);
        try (TrainingSession session = open(graphs, DropoutMasks.seeded(DROPOUT_SEED), initial)) {
            session.trainStep(inputs());
            float nextStep = session.trainStep(inputs()).scalar(ClassifierGraphs.LOSS);
            float undropped = session.evaluate(inputs()).scalar(ClassifierGraphs.LOSS);

            assertThat(again).isEqualTo(once);
            assertThat(nextStep).isNotCloseTo(once, within(1e-4f));
            assertThat(undropped).isNotCloseTo(once, within(1e-4f));
        }
    }

    private void use(String name) {
        use(name, GoldenCase.named(name).base());
    }

    private void useWithDropout(String name) throws IOException {
        Path source = Files.createDirectory(folder.resolve("source"));
        try (Stream<Path> files = Files.list(GoldenCase.named(name).base())) {
            for (Path file : files.toList()) {
                Files.copy(file, source.resolve(file.getFileName()));
            }
        }
        ObjectMapper mapper = new ObjectMapper();
        Path file = source.resolve("config.json");
        ObjectNode config = (ObjectNode) mapper.readTree(file.toFile());
        config.fieldNames()
                .forEachRemaining(
                        key -> {
                            if (key.contains("dropout")) {
                                config.put(key, 0.1);
                            }
                        });
        mapper.writeValue(file.toFile(), config);
        use(name, source);
    }

    private void use(String name, Path source) {
        golden = GoldenCase.named(name);
        base = PreparedBase.create("golden", source, folder.resolve("prepared"));
        initial = golden.tensors("initial/", base.graphs(golden.options()).plan().parameters());
    }

    private void assertSlopes(
            List<float[]> gradients, ToDoubleFunction<List<FloatTensor>> loss, int directions) {
        Random random = new Random(3);
        double gradientNorm = Math.sqrt(dot(gradients, gradients));
        for (int i = 0; i < directions; i++) {
            List<float[]> direction = randomDirection(random, gradients);
            double size = Math.sqrt(dot(direction, direction));
            double slope = dot(gradients, direction) / size;
            // What a gradient in any direction would show along this one.
            double typical = gradientNorm / Math.sqrt(valueCount());
            assertThat(closestDifference(loss, direction, size, slope))
                    .as("direction %d of %d", i, directions)
                    .isCloseTo(slope, within(TOLERANCE * Math.max(Math.abs(slope), typical)));
        }
        int stride = Math.max(1, initial.size() / directions);
        for (int tensor = 0; tensor < initial.size(); tensor += stride) {
            List<float[]> direction = onlyTensor(gradients, tensor);
            double size = Math.sqrt(dot(direction, direction));
            assertThat(size).as(initial.get(tensor).name()).isPositive();
            assertThat(closestDifference(loss, direction, size, size))
                    .as("along the gradient of %s", initial.get(tensor).name())
                    .isCloseTo(size, within(TOLERANCE * Math.max(size, gradientNorm / 100)));
        }
    }

    private double closestDifference(
            ToDoubleFunction<List<FloatTensor>> loss,
            List<float[]> direction,
            double size,
            double slope) {
        double closest = Double.POSITIVE_INFINITY;
        for (double step : STEPS) {
            double found = difference(loss, direction, step / size) / size;
            if (Math.abs(found - slope) < Math.abs(closest - slope)) {
                closest = found;
            }
            if (Math.abs(closest - slope) <= TOLERANCE * Math.abs(slope)) {
                break;
            }
        }
        return closest;
    }

    private double difference(
            ToDoubleFunction<List<FloatTensor>> loss, List<float[]> direction, double factor) {
        double near = rise(loss, direction, factor);
        double far = rise(loss, direction, 2 * factor);
        return (8 * near - far) / (12 * factor);
    }

    private double rise(
            ToDoubleFunction<List<FloatTensor>> loss, List<float[]> direction, double factor) {
        return loss.applyAsDouble(moved(direction, factor))
                - loss.applyAsDouble(moved(direction, -factor));
    }

    private List<FloatTensor> moved(List<float[]> direction, double factor) {
        List<FloatTensor> moved = new ArrayList<>();
        for (int tensor = 0; tensor < initial.size(); tensor++) {
            FloatTensor start = initial.get(tensor);
            float[] values = start.values().clone();
            for (int i = 0; i < values.length; i++) {
                values[i] += (float) (factor * direction.get(tensor)[i]);
            }
            moved.add(new FloatTensor(start.name(), start.shape(), values));
        }
        return moved;
    }

    private Outputs firstStep(ClassifierGraphs graphs, List<FloatTensor> parameters) {
        try (TrainingSession session =
                open(graphs, DropoutMasks.seeded(DROPOUT_SEED), parameters)) {
            return session.trainStep(inputs());
        }
    }

    private TrainingSession open(
            ClassifierGraphs graphs, DropoutMasks masks, List<FloatTensor> parameters) {
        return runtime.openTraining(
                new TrainingArtifacts(
                        graphs.trainingWithGradientOutputs(masks),
                        graphs.evaluation(),
                        graphs.optimizer(OptimizerOptions.adamW(0, OptionalDouble.empty())),
                        parameters),
                base.directory());
    }

    private Map<String, HostTensor> inputs() {
        Map<String, HostTensor> inputs = golden.batch(0);
        inputs.put(ClassifierGraphs.GRADIENT_SCALE, HostTensor.Floats.scalar(1));
        return inputs;
    }

    private Map<String, HostTensor> randomMasks(FedMasks masks) {
        Random random = new Random(5);
        Map<String, HostTensor> inputs = inputs();
        BatchSize size =
                new BatchSize(
                        inputs.get(TextInputs.INPUT_IDS).shape().elements(),
                        inputs.get(TextInputs.PAD_INDEX).shape().dimensions().get(0),
                        inputs.get(TextInputs.PAD_INDEX).shape().dimensions().get(1));
        Map<String, HostTensor> drawn = new HashMap<>();
        assertThat(masks.inputs()).hasSizeGreaterThan(10);
        for (FedMasks.Input mask : masks.inputs()) {
            TensorShape shape = TensorShape.of(mask.shape().of(size));
            ByteBuffer values = ByteBuffer.allocateDirect((int) shape.elements());
            for (int i = 0; i < values.capacity(); i++) {
                boolean kept = random.nextInt(FedMasks.RATE_STEPS) >= mask.dropInSteps();
                values.put(i, (byte) (kept ? 1 : 0));
            }
            drawn.put(mask.name(), new HostTensor.Booleans(shape, values));
        }
        return drawn;
    }

    private List<float[]> gradients(Outputs outputs) {
        return initial.stream()
                .map(parameter -> outputs.floats("gradient/" + parameter.name()))
                .toList();
    }

    private long valueCount() {
        return initial.stream().mapToLong(tensor -> tensor.values().length).sum();
    }

    private static ClassifierOptions withDropout(ClassifierOptions options) {
        LoraOptions lora = options.lora();
        return new ClassifierOptions(
                new LoraOptions(lora.rank(), lora.alpha(), 0.2, lora.targetModules()),
                options.labels(),
                options.problemType(),
                options.labelWeights(),
                true,
                options.modulesToSave());
    }

    private static List<float[]> randomDirection(Random random, List<float[]> like) {
        return like.stream()
                .map(
                        tensor -> {
                            float[] values = new float[tensor.length];
                            for (int i = 0; i < values.length; i++) {
                                values[i] = (float) random.nextGaussian();
                            }
                            return values;
                        })
                .toList();
    }

    private static List<float[]> onlyTensor(List<float[]> gradients, int tensor) {
        List<float[]> direction = new ArrayList<>();
        for (int other = 0; other < gradients.size(); other++) {
            direction.add(
                    other == tensor
                            ? gradients.get(other)
                            : new float[gradients.get(other).length]);
        }
        return direction;
    }

    private static double dot(List<float[]> a, List<float[]> b) {
        double sum = 0;
        for (int tensor = 0; tensor < a.size(); tensor++) {
            for (int i = 0; i < a.get(tensor).length; i++) {
                sum += (double) a.get(tensor)[i] * b.get(tensor)[i];
            }
        }
        return sum;
    }
}
