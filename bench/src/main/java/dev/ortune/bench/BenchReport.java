package dev.ortune.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ortune.console.Console;
import java.util.Locale;

/**
 * What a run measured.
 *
 * @param base the base's name
 * @param batchSize texts per batch
 * @param maxTokens tokens per text at most
 * @param dropout whether dropout acted
 * @param threads that computed
 * @param times of the measured steps
 * @param work per token
 * @param matrixRate the machine's SGEMM rate in the same run, GFLOP/s
 */
record BenchReport(
        String base,
        int batchSize,
        int maxTokens,
        boolean dropout,
        int threads,
        StepTimes times,
        TrainingWork work,
        double matrixRate) {

    void print(Console console) {
        double tokensPerSecond = times.tokens() / times.totalSeconds();
        double rate = tokensPerSecond * work.flopPerToken() / 1e9;
        double megabytes = PeakMemory.bytes().orElse(0) / 1e6;
        if (console.json()) {
            ObjectNode root = JsonMapper.builder().build().createObjectNode();
            root.put("base", base)
                    .put("batch_size", batchSize)
                    .put("max_length", maxTokens)
                    .put("dropout", dropout)
                    .put("threads", threads)
                    .put("steps", times.steps())
                    .put("tokens", times.tokens())
                    .put("tokens_per_second", tokensPerSecond)
                    .put("median_step_seconds", times.medianSeconds())
                    .put("peak_memory_megabytes", megabytes)
                    .put("sgemm_gflops", matrixRate)
                    .put("linear_layers_gflops", rate)
                    .put("sgemm_share", rate / matrixRate);
            console.out().println(root);
            return;
        }
        console.out()
                .printf(
                        Locale.ROOT,
                        "%s, batch %d, up to %d tokens, dropout %s, %d thread(s)%n",
                        base,
                        batchSize,
                        maxTokens,
                        dropout ? "on" : "off",
                        threads);
        console.out().printf(Locale.ROOT, "steps           %d%n", times.steps());
        console.out().printf(Locale.ROOT, "tokens/s        %.0f%n", tokensPerSecond);
        console.out().printf(Locale.ROOT, "median step     %.3f s%n", times.medianSeconds());
        console.out().printf(Locale.ROOT, "peak memory     %.0f MB%n", megabytes);
        console.out().printf(Locale.ROOT, "SGEMM           %.1f GFLOP/s%n", matrixRate);
        console.out()
                .printf(
                        Locale.ROOT,
                        "linear layers   %.1f GFLOP/s, %.0f%% of SGEMM%n",
                        rate,
                        100 * rate / matrixRate);
    }
}
