package dev.ortune.repository.archive;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;

/** Errors about an archive, all of one form. */
final class ArchiveFault {

    private static final int MAX_SHOWN = 100;
    private static final String PACK_AGAIN =
            "Pack the files of the adapter's folder again, as zip, tar or tar.gz.";

    private ArchiveFault() {}

    /** The archive as a whole cannot be read. */
    static InvalidInputException format(String reason, Throwable cause) {
        return new InvalidInputException(
                ErrorCode.ARCHIVE_FORMAT, "The archive " + reason + ".", PACK_AGAIN, cause);
    }

    static InvalidInputException format(String reason) {
        return format(reason, null);
    }

    /** One entry is damaged or not allowed. */
    static InvalidInputException entry(String name, String reason) {
        return new InvalidInputException(
                ErrorCode.ARCHIVE_FORMAT,
                "The archive's entry \"" + shown(name) + "\" " + reason + ".",
                PACK_AGAIN);
    }

    static InvalidInputException tooLarge(String reason) {
        return new InvalidInputException(
                ErrorCode.ARCHIVE_TOO_LARGE,
                "The archive " + reason + ".",
                "Send the adapter's own files only; ortune.upload.max-bytes sets the limit.");
    }

    static InvalidInputException entryTooLarge(String name, long maxBytes) {
        return tooLarge(
                "holds more than " + maxBytes + " bytes by its entry \"" + shown(name) + "\"");
    }

    /** A name from a stranger, without what a terminal would obey. */
    static String shown(String name) {
        String printable = name.replaceAll("[\\p{Cntrl}\\p{Cf}\"]", "?");
        return printable.length() > MAX_SHOWN ? printable.substring(0, MAX_SHOWN) + "…" : printable;
    }
}
