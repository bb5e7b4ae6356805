package dev.ortune.bench;

import dev.ortune.train.StepReport;
import dev.ortune.train.TrainingListener;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Collects each step's time and tokens, but for the first ones. */
final class StepTimes implements TrainingListener {

    private final int warmUp;
    private final List<Double> seconds = new ArrayList<>();
    private long tokens;
    private long lastTokens;
    private double lastSeconds;

    StepTimes(int warmUp) {
        this.warmUp = warmUp;
    }

    @Override
    public void stepped(StepReport report) {
        double now = report.trainingTime().toNanos() / 1e9;
        if (report.step() > warmUp) {
            seconds.add(now - lastSeconds);
            tokens += report.tokens() - lastTokens;
        }
        lastSeconds = now;
        lastTokens = report.tokens();
    }

    int steps() {
        return seconds.size();
    }

    long tokens() {
        return tokens;
    }

    double totalSeconds() {
        return seconds.stream().mapToDouble(Double::doubleValue).sum();
    }

    double medianSeconds() {
        List<Double> sorted = new ArrayList<>(seconds);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }
}
