package dev.ortune.adapter;

/**
 * A text that can be looked at a million times: a stranger's regular expression may try to look
 * longer than anybody waits. For one thread.
 */
final class PatientText implements CharSequence {

    private static final int MAX_LOOKS = 1_000_000;

    /** The text has been looked at too often. */
    static final class ExhaustedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final CharSequence text;
    private int looks;

    PatientText(CharSequence text) {
        this.text = text;
    }

    @Override
    public char charAt(int index) {
        if (++looks > MAX_LOOKS) {
            throw new ExhaustedException();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
