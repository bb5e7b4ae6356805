package dev.ortune.cli;

import dev.ortune.console.Console;
import dev.ortune.train.EpochReport;
import dev.ortune.train.StepReport;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows a run: on a terminal one bar with step, loss, tokens/s and time left, elsewhere plain lines;
 * and a line of the epoch table whenever an epoch ends.
 */
final class TrainingConsole implements TrainingView {

    private static final int BAR_WIDTH_COLUMNS = 110;
    private static final int LINES_PER_RUN = 20;
    private static final double LOSS_SMOOTHING = 0.95;

    private final Console console;
    private Optional<ProgressBar> bar = Optional.empty();
    private int linesShown;
    private double smoothLoss = Double.NaN;
    private boolean headerShown;

    TrainingConsole(Console console) {
        this.console = console;
    }

    @Override
    public void started(int totalSteps) {
        if (console.terminal()) {
            bar =
                    Optional.of(
                            new ProgressBarBuilder()
                                    .setTaskName("Training")
                                    .setInitialMax(totalSteps)
                                    .setStyle(ProgressBarStyle.ASCII)
                                    .setMaxRenderedLength(BAR_WIDTH_COLUMNS)
                                    .setUpdateIntervalMillis(200)
                                    .continuousUpdate()
                                    .hideEta()
                                    .setConsumer(new ConsoleProgressBarConsumer(console.err()))
                                    .build());
        }
    }

    @Override
    public void stepped(StepReport report) {
        smoothLoss =
                Double.isNaN(smoothLoss)
                        ? report.loss()
                        : LOSS_SMOOTHING * smoothLoss + (1 - LOSS_SMOOTHING) * report.loss();
        bar.ifPresent(
                shown -> {
                    shown.stepTo(report.step());
                    shown.setExtraMessage(numbers(report));
                });
        int lines = LINES_PER_RUN * report.step() / report.totalSteps();
        if (bar.isEmpty() && lines > linesShown) {
            linesShown = lines;
            console.notice(
                    String.format(
                            Locale.ROOT,
                            "step %d/%d  %s",
                            report.step(),
                            report.totalSteps(),
                            numbers(report)));
        }
    }

    @Override
    public void evaluating(int done, int total) {
        bar.ifPresent(shown -> shown.setExtraMessage("evaluating " + done + "/" + total));
    }

    @Override
    public void epochEnded(EpochReport report) {
        if (!headerShown) {
            headerShown = true;
            row(EpochTable.header(report.evaluation().isPresent()));
        }
        row(EpochTable.row(report));
    }

    private void row(String line) {
        // The bar redraws itself below; what it drew on this line is wiped first.
        console.notice(bar.isPresent() ? "\r\u001b[K" + line : line);
    }

    @Override
    public void goesOn(int step) {
        console.notice("Going on after step " + step + ".");
    }

    @Override
    public void close() {
        bar.ifPresent(ProgressBar::close);
        bar = Optional.empty();
    }

    private String numbers(StepReport report) {
        double secondsPerStep = report.trainingTime().toNanos() / 1e9 / report.step();
        Duration left =
                Duration.ofSeconds(
                        Math.round(secondsPerStep * (report.totalSteps() - report.step())));
        return String.format(
                Locale.ROOT,
                "loss %.4f  %.0f tokens/s  %d:%02d left",
                smoothLoss,
                report.tokensPerSecond(),
                left.toMinutes(),
                left.toSecondsPart());
    }
}
