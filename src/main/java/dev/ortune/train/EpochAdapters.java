package dev.ortune.train;

import dev.ortune.adapter.AdapterFolder;
import dev.ortune.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Writes the adapters of a run's epochs into folders {@code step-<steps>}, the newest and the best, so
 * that each can be used. For the training thread.
 */
public final class EpochAdapters implements RunControl {

    private static final String PREFIX = "step-";

    private final FineTuning run;
    private final Path root;
    private final int keepLast;

    /**
     * A writer.
     *
     * @param keepLast so many of the newest, at least 1; the best one is kept beside them
     */
    public EpochAdapters(FineTuning run, Path root, int keepLast) {
        this.run = run;
        this.root = root;
        this.keepLast = keepLast;
    }

    /** Never ends the run. */
    @Override
    public boolean reached(RunPoint point) {
        if (point.epochEnded()) {
            List<EpochReport> reports = point.state().reports();
            EpochReport last = reports.get(reports.size() - 1);
            AdapterFolder.replace(
                    folder(last.steps()),
                    run.adapter(
                            new TrainingResult(reports, last.epoch(), point.model().parameters()),
                            Clock.systemUTC()));
            dropOthers(point.state());
        }
        return true;
    }

    private void dropOthers(RunState state) {
        Set<Path> kept = new HashSet<>();
        List<EpochReport> reports = state.reports();
        reports.subList(Math.max(0, reports.size() - keepLast), reports.size())
                .forEach(report -> kept.add(folder(report.steps())));
        state.best()
                .ifPresent(
                        best ->
                                reports.stream()
                                        .filter(report -> report.epoch() == best.epoch())
                                        .forEach(report -> kept.add(folder(report.steps()))));
        for (EpochReport report : reports) {
            if (!kept.contains(folder(report.steps()))) {
                delete(folder(report.steps()));
            }
        }
    }

    private Path folder(int steps) {
        return root.resolve(PREFIX + steps);
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw AtomicFiles.writeFailure(folder, e);
        }
    }
}
