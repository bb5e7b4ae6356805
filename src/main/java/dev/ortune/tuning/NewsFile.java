package dev.ortune.tuning;

import dev.ortune.io.AtomicFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a job's trainings have said so far, in the file that they write themselves. Whoever died, or had
 * lost the database, before all of it was written there is made up for by telling it again: what is
 * written already stays as it is.
 */
final class NewsFile {

    private final Path file;

    NewsFile(Path file) {
        this.file = file;
    }

    /**
     * Tells it again.
     *
     * @return whether all of it is written; false when the worker is to stop
     */
    boolean retell(TrainingReporter reporter) throws InterruptedException {
        if (!Files.exists(file)) {
            return true;
        }
        // A reader that takes half a character for what it is: what was killed may have left one.
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                Files.newInputStream(file), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                TrainingNews.parse(line).filter(NewsFile::isLasting).ifPresent(reporter::hear);
                reporter.writeIfDue();
                if (reporter.isFull() && !reporter.writeAll()) {
                    return false;
                }
            }
        } catch (IOException e) {
            throw AtomicFiles.writeFailure(file, e);
        }
        return reporter.writeAll();
    }

    /** Who trained when is told once, by whoever hears it. */
    private static boolean isLasting(TrainingNews news) {
        return news instanceof TrainingNews.Started
                || news instanceof TrainingNews.Stepped
                || news instanceof TrainingNews.EpochEnded;
    }
}
