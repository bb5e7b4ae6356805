package dev.ortune.console;

import dev.ortune.base.DownloadProgress;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows downloads: a bar per file on a terminal, a line per tenth in a log. */
public final class DownloadBar implements DownloadProgress {

    private static final int BAR_WIDTH_COLUMNS = 100;
    private static final long BYTES_PER_MEGABYTE = 1_000_000;
    private static final int LINES_PER_FILE = 10;

    private final Console console;
    private Optional<ProgressBar> bar = Optional.empty();
    private String file = "";
    private long totalBytes = UNKNOWN_SIZE;
    private long doneBytes;
    private long linesShown;

    /** Shows on a console's error stream. */
    public DownloadBar(Console console) {
        this.console = console;
    }

    @Override
    public void started(String startedFile, long size) {
        closeBar();
        file = startedFile;
        totalBytes = size;
        doneBytes = 0;
        linesShown = 0;
        if (console.terminal()) {
            bar = Optional.of(newBar());
        } else {
            console.notice(
                    "Downloading "
                            + file
                            + (size == UNKNOWN_SIZE ? "" : " (" + megabytes(size) + ")"));
        }
    }

    @Override
    public void advanced(long bytes) {
        doneBytes += bytes;
        if (bar.isPresent()) {
            bar.get().stepTo(doneBytes);
        } else if (totalBytes > 0) {
            long lines = LINES_PER_FILE * doneBytes / totalBytes;
            if (lines > linesShown && lines < LINES_PER_FILE) {
                linesShown = lines;
                console.notice("  " + file + ": " + 100 * lines / LINES_PER_FILE + "%");
            }
        }
    }

    @Override
    public void finished() {
        closeBar();
        if (!console.terminal()) {
            console.notice("  " + file + ": done");
        }
    }

    private ProgressBar newBar() {
        return new ProgressBarBuilder()
                .setTaskName(file)
                .setInitialMax(totalBytes)
                .setUnit(" MB", BYTES_PER_MEGABYTE)
                .setStyle(ProgressBarStyle.ASCII)
                .setMaxRenderedLength(BAR_WIDTH_COLUMNS)
                .showSpeed()
                .setConsumer(new ConsoleProgressBarConsumer(console.err()))
                .build();
    }

    private void closeBar() {
        bar.ifPresent(ProgressBar::close);
        bar = Optional.empty();
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", (double) bytes / BYTES_PER_MEGABYTE);
    }
}
