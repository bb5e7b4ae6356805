package dev.ortune.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.dataset.TrainingData;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.evaluation.Evaluation;
import dev.ortune.ort.OrtRuntime;
import dev.ortune.tokenizer.TextTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A run that is left at any of its points goes on, in a new session, to the same last bit. */
class ResumedRunsTest {

    private static final double LORA_DROPOUT = 0.1;

    @TempDir private Path folder;
    private TinyTask task;

    @BeforeEach
    void prepare() throws IOException {
        task = TinyTask.withModelDropout(0.1, folder);
    }

    static Stream<Arguments> runs() {
        return Stream.of(
                Arguments.of(
                        "dropout, warm-up",
                        TinyTask.twoLabels(12),
                        Recipes.standard().epochs(3).withDropout().warmupRatio(0.3)),
                Arguments.of(
                        "accumulated, grouped by length, a last step of fewer batches",
                        TinyTask.twoLabels(20),
                        Recipes.standard()
                                .epochs(2)
                                .batchSize(3)
                                .accumulation(2)
                                .groupedByLength()
                                .withDropout()),
                Arguments.of(
                        "several labels, an end in the middle of an epoch",
                        TinyTask.severalLabels(16),
                        Recipes.standard().epochs(4).maxSteps(7)),
                Arguments.of(
                        "without validation",
                        TinyTask.withoutValidation(10),
                        Recipes.standard().epochs(2).withDropout()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("runs")
    void leftAtEveryPointItEndsTheSame(String name, TrainingData data, Recipes recipes) {
        TinyTask.Outcome whole = task.run(1, data, recipes, LORA_DROPOUT);
        List<StepReport> steps = new ArrayList<>();
        Path checkpoints = folder.resolve("checkpoints");
        Optional<TrainingResult> result = Optional.empty();
        int sessions = 0;
        while (result.isEmpty()) {
            result = oneStep(data, recipes, checkpoints, steps);
            sessions++;
        }
        assertThat(sessions).isGreaterThan(whole.steps().size());
        assertThat(steps.stream().map(StepReport::loss)).isEqualTo(whole.losses());
        assertThat(steps.stream().map(StepReport::gradientNorm))
                .isEqualTo(whole.steps().stream().map(StepReport::gradientNorm).toList());
        assertThat(steps.stream().map(StepReport::learningRate))
                .isEqualTo(whole.steps().stream().map(StepReport::learningRate).toList());
        assertSame(result.get(), whole.result());
    }

    @Test
    void aDamagedCheckpointIsPassedOverForTheOneBefore() throws IOException {
        TrainingData data = TinyTask.twoLabels(12);
        Recipes recipes = Recipes.standard().epochs(2).withDropout();
        TrainingResult whole = task.run(1, data, recipes, LORA_DROPOUT).result();
        Path checkpoints = folder.resolve("checkpoints");
        for (int step = 0; step < 4; step++) {
            oneStep(data, recipes, checkpoints, new ArrayList<>());
        }
        List<Path> saved = saved(checkpoints);
        Path file = saved.get(saved.size() - 1).resolve("session.onnx_checkpoint");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        Optional<TrainingResult> result = Optional.empty();
        while (result.isEmpty()) {
            result = oneStep(data, recipes, checkpoints, new ArrayList<>());
        }
        assertSame(result.get(), whole);
    }

    @Test
    void aCheckpointThatWasPassedOverCrowdsOutNoGoodOne() throws IOException {
        TrainingData data = TinyTask.twoLabels(12);
        Recipes recipes = Recipes.standard().epochs(2).withDropout();
        TinyTask.Outcome whole = task.run(1, data, recipes, LORA_DROPOUT);
        Path checkpoints = folder.resolve("checkpoints");
        CheckpointPolicy onlyTheLast = new CheckpointPolicy(1, 1);
        for (int step = 0; step < 2; step++) {
            oneStep(data, recipes, checkpoints, new ArrayList<>(), onlyTheLast);
        }
        Path newest = saved(checkpoints).get(0);
        Files.delete(newest.resolve("checkpoint.json"));
        Optional<TrainingResult> result = Optional.empty();
        for (int session = 0; session < 20 && result.isEmpty(); session++) {
            result = oneStep(data, recipes, checkpoints, new ArrayList<>(), onlyTheLast);
        }
        assertSame(result.orElseThrow(), whole.result());
    }

    @Test
    void anotherRunsCheckpointIsRefused() {
        TrainingData data = TinyTask.twoLabels(12);
        Path checkpoints = folder.resolve("checkpoints");
        oneStep(data, Recipes.standard(), checkpoints, new ArrayList<>());
        assertThatThrownBy(
                        () ->
                                oneStep(
                                        data,
                                        Recipes.standard().seed(1),
                                        checkpoints,
                                        new ArrayList<>()))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_MISMATCH));
    }

    @Test
    void theLastTwoAndTheBestEpochsAreKept() throws IOException {
        TrainingData data = TinyTask.twoLabels(12);
        Recipes recipes = Recipes.standard().epochs(4);
        TrainingResult whole = task.run(1, data, recipes, LORA_DROPOUT).result();
        Path checkpoints = folder.resolve("checkpoints");
        Optional<TrainingResult> result = Optional.empty();
        while (result.isEmpty()) {
            result = oneStep(data, recipes, checkpoints, new ArrayList<>());
        }
        List<String> names =
                saved(checkpoints).stream().map(path -> path.getFileName().toString()).toList();
        assertThat(names)
                .hasSizeLessThanOrEqualTo(3)
                .contains("step-0000000012-evaluated")
                .contains(String.format("step-%010d-evaluated", 3 * whole.bestEpoch()));
    }

    /** Goes on from what is saved, for one step or one evaluation. */
    private Optional<TrainingResult> oneStep(
            TrainingData data, Recipes recipes, Path checkpoints, List<StepReport> steps) {
        return oneStep(data, recipes, checkpoints, steps, new CheckpointPolicy(1, 2));
    }

    private Optional<TrainingResult> oneStep(
            TrainingData data,
            Recipes recipes,
            Path checkpoints,
            List<StepReport> steps,
            CheckpointPolicy policy) {
        TrainingListener listener =
                new TrainingListener() {
                    @Override
                    public void stepped(StepReport report) {
                        steps.add(report);
                    }
                };
        try (OrtRuntime runtime = OrtRuntime.open(1);
                TextTokenizer tokenizer = TextTokenizer.of(task.prepared().tokenizerFile())) {
            FineTuning run = task.plan(runtime, data, recipes, LORA_DROPOUT);
            try (CheckpointFolder saved =
                    CheckpointFolder.open(checkpoints, run.fingerprint(), policy)) {
                Checkpointing control = new Checkpointing(saved, policy, TrainingListener.NONE);
                control.stop();
                return run.run(tokenizer, listener, saved.latest(), control);
            }
        }
    }

    private static List<Path> saved(Path checkpoints) throws IOException {
        try (Stream<Path> folders = Files.list(checkpoints)) {
            return folders.sorted().toList();
        }
    }

    private static void assertSame(TrainingResult result, TrainingResult whole) {
        assertThat(result.bestEpoch()).isEqualTo(whole.bestEpoch());
        assertThat(result.epochs().stream().map(EpochReport::trainingLoss))
                .isEqualTo(whole.epochs().stream().map(EpochReport::trainingLoss).toList());
        assertThat(evaluations(result)).isEqualTo(evaluations(whole));
        assertThat(result.parameters()).hasSameSizeAs(whole.parameters());
        for (int i = 0; i < result.parameters().size(); i++) {
            FloatTensor tensor = result.parameters().get(i);
            assertThat(tensor.name()).isEqualTo(whole.parameters().get(i).name());
            assertThat(tensor.values())
                    .as(tensor.name())
                    .isEqualTo(whole.parameters().get(i).values());
        }
    }

    private static List<Optional<Evaluation>> evaluations(TrainingResult result) {
        return result.epochs().stream().map(EpochReport::evaluation).toList();
    }
}
