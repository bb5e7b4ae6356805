package dev.ortune.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ortune.dataset.TrainingData;
import dev.ortune.export.InitialParameters;
import dev.ortune.graph.ClassifierGraphs;
import dev.ortune.graph.OptimizerOptions;
import dev.ortune.ort.OrtRuntime;
import dev.ortune.tokenizer.TextTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Native memory over many steps. */
class LongRunTest {

    private static final int STEPS = 10_000;
    private static final int WARM_STEPS = 2_000;
    private static final long ALLOWED_GROWTH_KILOBYTES = 32 * 1024;

    @Test
    @EnabledOnOs(OS.LINUX)
    void tenThousandStepsLeakNothing(@TempDir Path folder) throws IOException {
        TinyTask task = TinyTask.on("distilbert-tiny", folder);
        TrainingData data = TinyTask.withoutValidation(64);
        ClassifierGraphs graphs = task.prepared().graphs(TinyTask.options(data, 0.1));
        // Parts of at most two texts, so that a step has several.
        BatchSplitter splitter = new BatchSplitter(TinyTask.options(data, 0.1), 16);
        OrtRuntime runtime = OrtRuntime.open(1);
        long growth;
        try (runtime;
                LoraTraining training =
                        LoraTraining.open(
                                runtime,
                                task.prepared().directory(),
                                graphs,
                                OptimizerOptions.adamW(0.01, OptionalDouble.of(1)),
                                OptionalLong.of(0),
                                new InitialParameters(task.prepared(), 0).of(graphs.plan()))) {
            List<List<TokenizedExample>> batches = batches(task, data);
            run(training, splitter, batches, 0, WARM_STEPS);
            int handles = runtime.openHandles();
            long before = residentKilobytes();
            run(training, splitter, batches, WARM_STEPS, STEPS);
            growth = residentKilobytes() - before;
            assertThat(runtime.openHandles()).isEqualTo(handles);
        }
        assertThat(runtime.openHandles()).isZero();
        assertThat(growth).as("growth in kB").isLessThan(ALLOWED_GROWTH_KILOBYTES);
    }

    /** Every kind of call that a real run makes. */
    private static void run(
            LoraTraining training,
            BatchSplitter splitter,
            List<List<TokenizedExample>> batches,
            int from,
            int to) {
        for (int step = from; step < to; step++) {
            List<TokenizedExample> batch = batches.get(step % batches.size());
            training.update(StepInputs.of(List.of(batch), splitter), 1e-4);
            if (step % 100 == 0) {
                training.evaluate(ModelInputs.of(batch));
                training.parameters();
            }
        }
    }

    private static List<List<TokenizedExample>> batches(TinyTask task, TrainingData data) {
        TrainingRecipe recipe = Recipes.standard().recipe();
        List<TokenizedExample> examples;
        try (TextTokenizer tokenizer = TextTokenizer.of(task.prepared().tokenizerFile());
                BackgroundTokenizer background = BackgroundTokenizer.start(tokenizer, recipe)) {
            examples = background.tokenize(data.training()).examples();
        }
        List<List<TokenizedExample>> batches = new ArrayList<>();
        for (List<Integer> batch : new EpochOrder(examples.size(), recipe).batches(1, index -> 1)) {
            batches.add(batch.stream().map(examples::get).toList());
        }
        return batches;
    }

    private static long residentKilobytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new AssertionError("no VmRSS");
    }
}
