package dev.ortune.console;

/** Tells a command's error; the one place where exceptions become messages and exit codes. */
public final class ErrorTeller {

    private final Console console;

    /** Tells on a console. */
    public ErrorTeller(Console console) {
        this.console = console;
    }

    /**
     * Tells an error, with its stack where that is wanted.
     *
     * @return the exit code: 2 for bad input, 1 for any other failure
     */
    public int tell(Throwable error) {
        int exitCode = tell(ErrorReport.of(error));
        if (console.verbose()) {
            error.printStackTrace(console.err());
        }
        return exitCode;
    }

    int tell(ErrorReport report) {
        report.print(console);
        return report.exitCode();
    }
}
