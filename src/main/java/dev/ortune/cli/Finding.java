package dev.ortune.cli;

/**
 * What a checkup found about one thing.
 *
 * @param subject the thing
 * @param state whether it is as needed
 * @param detail what was seen
 * @param remedy what to do, or could be done; empty when all is well
 */
record Finding(String subject, State state, String detail, String remedy) {

    /** How bad it is. */
    enum State {
        FINE("ok"),
        WARNING("warning"),
        MISSING("missing");

        private final String word;

        State(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    static Finding fine(String subject, String detail) {
        return new Finding(subject, State.FINE, detail, "");
    }

    /** Something that nobody has to have. */
    static Finding optional(String subject, String detail, String remedy) {
        return new Finding(subject, State.FINE, detail, remedy);
    }

    static Finding warning(String subject, String detail, String remedy) {
        return new Finding(subject, State.WARNING, detail, remedy);
    }

    static Finding missing(String subject, String detail, String remedy) {
        return new Finding(subject, State.MISSING, detail, remedy);
    }

    /** A line for people, and a second one when there is something to do. */
    String text() {
        String line = String.format("%-8s %-20s %s", state.word(), subject, detail);
        return remedy.isEmpty() ? line : line + System.lineSeparator() + "         try: " + remedy;
    }
}
