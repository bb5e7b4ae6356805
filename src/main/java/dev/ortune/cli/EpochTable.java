package dev.ortune.cli;

import dev.ortune.evaluation.Evaluation;
import dev.ortune.train.EpochReport;
import java.time.Duration;
import java.util.Locale;

/** The table of epochs, line by line. */
final class EpochTable {

    private EpochTable() {}

    static String header(boolean validated) {
        return "epoch  steps  train loss"
                + (validated ? "  valid loss  accuracy  macro-F1" : "")
                + "  tokens/s      time";
    }

    static String row(EpochReport report) {
        String metrics = report.evaluation().map(EpochTable::metrics).orElse("");
        Duration time = report.trainingTime();
        return String.format(
                        Locale.ROOT,
                        "%5d  %5d  %10.4f%s  %8.0f  %4d:%02d",
                        report.epoch(),
                        report.steps(),
                        report.trainingLoss(),
                        metrics,
                        report.tokensPerSecond(),
                        time.toMinutes(),
                        time.toSecondsPart())
                .stripTrailing();
    }

    private static String metrics(Evaluation evaluation) {
        return String.format(
                Locale.ROOT,
                "  %10.4f  %8.4f  %8.4f",
                evaluation.loss(),
                evaluation.accuracy(),
                evaluation.macroF1());
    }
}
