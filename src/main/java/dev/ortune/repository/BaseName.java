package dev.ortune.repository;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a configuration or an adapter calls a base: a name on the hub, bare or with its owner, or a
 * folder, which may have been another machine's.
 *
 * @param text as given
 */
record BaseName(String text) {

    private static final Pattern OWNED = Pattern.compile("[\\w.-]+/[\\w.-]+");

    /** The part after the last separator, of either kind. */
    String lastPart() {
        String trimmed = text.strip().replaceAll("[/\\\\]+$", "");
        return trimmed.substring(Math.max(trimmed.lastIndexOf('/'), trimmed.lastIndexOf('\\')) + 1);
    }

    /** What clients see: a folder's place is nobody's business. */
    String shown() {
        return isFolder() || !isOnHub() ? lastPart() : text;
    }

    /**
     * Whether an adapter that names {@code other} may mean this base: the last parts are equal, and
     * they are not two owners' models of one name.
     */
    boolean mayBe(BaseName other) {
        boolean bothOwned = isOwned() && other.isOwned();
        return !lastPart().isEmpty()
                && lastPart().equals(other.lastPart())
                && (!bothOwned || text.equals(other.text));
    }

    private boolean isOnHub() {
        return text.indexOf('/') < 0 && text.indexOf('\\') < 0 || OWNED.matcher(text).matches();
    }

    private boolean isOwned() {
        return OWNED.matcher(text).matches() && !isFolder();
    }

    private boolean isFolder() {
        return path().filter(Files::isDirectory).isPresent();
    }

    private Optional<Path> path() {
        try {
            return Optional.of(Path.of(text)).filter(path -> !text.isBlank());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
