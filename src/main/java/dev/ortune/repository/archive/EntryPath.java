package dev.ortune.repository.archive;

import dev.ortune.error.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where an entry stands in its archive.
 *
 * @param name as the archive has it
 * @param folder the folders above the file, joined by slashes; empty at the top
 * @param fileName the last part
 * @param depth the number of folders above the file
 */
record EntryPath(String name, String folder, String fileName, int depth) {

    private static final int MAX_LENGTH = 1024;

    /**
     * Reads an entry's name.
     *
     * @throws InvalidInputException {@code ARCHIVE_FORMAT} for a name that leads out of the archive
     *     or that systems read differently
     */
    static EntryPath of(String name) {
        if (name.isEmpty() || name.length() > MAX_LENGTH) {
            throw ArchiveFault.entry(name, "has a name of " + name.length() + " characters");
        }
        if (name.startsWith("/")
                || name.indexOf('\\') >= 0
                || name.indexOf('\0') >= 0
                || name.matches("^[A-Za-z]:.*")) {
            throw ArchiveFault.entry(name, "does not have a plain relative name");
        }
        List<String> parts = new ArrayList<>();
        for (String part : name.split("/", -1)) {
            if (part.equals("..")) {
                throw ArchiveFault.entry(name, "leads out of the archive");
            }
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        int last = parts.size() - 1;
        return last < 0
                ? new EntryPath(name, "", "", 0)
                : new EntryPath(
                        name, String.join("/", parts.subList(0, last)), parts.get(last), last);
    }

    /** Which file of an adapter it is, if its place allows it to be one. */
    Optional<AdapterFile> file() {
        return depth <= 1 ? AdapterFile.named(fileName) : Optional.empty();
    }
}
