package dev.ortune.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.ortune.dataset.TrainingData;
import dev.ortune.error.UnavailableException;
import dev.ortune.export.InitialParameters;
import dev.ortune.graph.ClassifierGraphs;
import dev.ortune.ort.OrtRuntime;
import dev.ortune.tokenizer.TextTokenizer;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What works beside the training thread: it changes no number and outlives no run. */
@Timeout(60)
class OverlapTest {

    private static final long ALLOWED_BYTES_PER_STEP = 8_000;

    private final TrainingData data = TinyTask.twoLabels(40);

    @TempDir private Path folder;
    private TinyTask task;
    private TextTokenizer tokenizer;
    private OrtRuntime runtime;

    @BeforeEach
    void open() {
        task = TinyTask.on("distilbert-tiny", folder);
        tokenizer = TextTokenizer.of(task.prepared().tokenizerFile());
        runtime = OrtRuntime.open(1);
    }

    @AfterEach
    void close() {
        tokenizer.close();
        runtime.close();
        assertThat(runtime.openHandles()).isZero();
        assertThat(LiveThreads.named("ortune-training-")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theNumbersAreThoseOfALoopOnOneThread(boolean grouped) {
        Recipes recipes = Recipes.standard().epochs(2).batchSize(4).accumulation(3);
        TrainingRecipe recipe = (grouped ? recipes.groupedByLength() : recipes).recipe();
        List<Double> losses = new ArrayList<>();
        TrainingResult result;
        try (Trainer trainer =
                        new Trainer(recipe, data, tokenizer, splitter(), collecting(losses));
                LoraTraining model = model(recipe)) {
            result = trainer.run(model);
        }
        try (LoraTraining model = model(recipe)) {
            assertThat(losses).isEqualTo(onOneThread(recipe, model));
            assertThat(result.epochs()).hasSize(2);
        }
    }

    @Test
    void whatFailsInTheBackgroundIsThrownOnTheTrainingThread() {
        TrainingRecipe recipe = Recipes.standard().recipe();
        tokenizer.close();
        try (Trainer trainer =
                        new Trainer(recipe, data, tokenizer, splitter(), TrainingListener.NONE);
                LoraTraining model = model(recipe)) {
            assertThatThrownBy(() -> trainer.run(model))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the tokenizer is closed");
        }
    }

    @Test
    void aListenerThatThrowsEndsEverything() {
        TrainingRecipe recipe = Recipes.standard().recipe();
        TrainingListener failing =
                new TrainingListener() {
                    @Override
                    public void stepped(StepReport report) {
                        throw new IllegalArgumentException("step " + report.step());
                    }
                };
        try (Trainer trainer = new Trainer(recipe, data, tokenizer, splitter(), failing);
                LoraTraining model = model(recipe)) {
            assertThatThrownBy(() -> trainer.run(model)).hasMessage("step 1");
        }
    }

    @Test
    void anInterruptEndsTheRunAndStaysSet() {
        TrainingRecipe recipe = Recipes.standard().epochs(1000).recipe();
        TrainingListener interrupting =
                new TrainingListener() {
                    @Override
                    public void stepped(StepReport report) {
                        Thread.currentThread().interrupt();
                    }
                };
        try (Trainer trainer = new Trainer(recipe, data, tokenizer, splitter(), interrupting);
                LoraTraining model = model(recipe)) {
            assertThatThrownBy(() -> trainer.run(model))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("interrupted");
        }
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aTrainerThatNeverRunsLeavesNoThread() {
        new Trainer(Recipes.standard().recipe(), data, tokenizer, splitter(), TrainingListener.NONE)
                .close();
    }

    @Test
    void aStepAllocatesNoMoreThanAFewKilobytes() {
        TrainingRecipe recipe = Recipes.standard().recipe();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        try (LoraTraining model = model(recipe)) {
            StepInputs step = inputs(recipe, splitter(1024)).get(0);
            for (int i = 0; i < 200; i++) {
                model.update(step, 1e-4);
            }
            long before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < 200; i++) {
                model.update(step, 1e-4);
            }
            assertThat((threads.getThreadAllocatedBytes(thread) - before) / 200)
                    .as("bytes per step of one batch")
                    .isLessThan(ALLOWED_BYTES_PER_STEP);
        }
    }

    /** Parts of at most two texts, so that a step has several. */
    private BatchSplitter splitter() {
        return splitter(16);
    }

    private BatchSplitter splitter(int tokensPerPart) {
        return new BatchSplitter(TinyTask.options(data, 0), tokensPerPart);
    }

    private LoraTraining model(TrainingRecipe recipe) {
        ClassifierGraphs graphs = task.prepared().graphs(TinyTask.options(data, 0));
        return LoraTraining.open(
                runtime,
                task.prepared().directory(),
                graphs,
                recipe.optimizer(),
                OptionalLong.empty(),
                new InitialParameters(task.prepared(), 0).of(graphs.plan()));
    }

    private List<Double> onOneThread(TrainingRecipe recipe, LoraTraining model) {
        List<StepInputs> steps = inputs(recipe, splitter());
        LearningRateSchedule schedule = LearningRateSchedule.of(recipe, steps.size());
        return IntStream.range(0, steps.size())
                .mapToObj(step -> model.update(steps.get(step), schedule.rate(step)))
                .map(StepResult::loss)
                .toList();
    }

    /** Every step's batches. */
    private List<StepInputs> inputs(TrainingRecipe recipe, BatchSplitter splitter) {
        List<TokenizedExample> examples =
                data.training().examples().stream()
                        .map(
                                row ->
                                        new TokenizedExample(
                                                IntStream.of(
                                                                tokenizer.encode(
                                                                        row.text(),
                                                                        recipe.maxTokens(),
                                                                        recipe.truncationSide()))
                                                        .asLongStream()
                                                        .toArray(),
                                                row.target()))
                        .toList();
        EpochOrder order = new EpochOrder(examples.size(), recipe);
        List<StepInputs> steps = new ArrayList<>();
        for (int epoch = 1; epoch <= recipe.epochs(); epoch++) {
            List<List<TokenizedExample>> batches =
                    order.batches(epoch, index -> examples.get(index).tokens().length).stream()
                            .map(batch -> batch.stream().map(examples::get).toList())
                            .toList();
            int perStep = recipe.gradientAccumulation();
            for (int start = 0; start < batches.size(); start += perStep) {
                steps.add(
                        StepInputs.of(
                                batches.subList(start, Math.min(batches.size(), start + perStep)),
                                splitter));
            }
        }
        return steps;
    }

    private static TrainingListener collecting(List<Double> losses) {
        return new TrainingListener() {
            @Override
            public void stepped(StepReport report) {
                losses.add(report.loss());
            }
        };
    }
}
