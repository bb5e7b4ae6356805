package dev.ortune.adapter;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How an adapter came to be: all that a model card tells and a second run needs.
 *
 * @param recipe every choice of the run with its value, in the order to show
 * @param data the files
 * @param epochs in order
 * @param keptEpoch the epoch whose parameters were kept
 * @param versions of what made it, such as {@code ortune} and {@code onnxruntime}
 * @param created when the run ended
 */
public record TrainingReport(
        Map<String, String> recipe,
        List<DataReport> data,
        List<EpochReport> epochs,
        int keptEpoch,
        Map<String, String> versions,
        Instant created) {

    public TrainingReport {
        recipe = Collections.unmodifiableMap(new LinkedHashMap<>(recipe));
        data = List.copyOf(data);
        epochs = List.copyOf(epochs);
        versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
    }

    /** The report of the epoch that was kept. */
    public Optional<EpochReport> kept() {
        return epochs.stream().filter(report -> report.epoch() == keptEpoch).findFirst();
    }
}
