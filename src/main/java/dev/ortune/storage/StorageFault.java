package dev.ortune.storage;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.UnavailableException;
import dev.ortune.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;

/** The one error of stores that are not there. */
final class StorageFault {

    private StorageFault() {}

    /** A copy between the store and this machine failed: for want of room here, or by the store. */
    static UnavailableException ofCopy(String place, Path local, IOException cause) {
        return AtomicFiles.writeFailure(local, cause) instanceof UnavailableException full
                ? full
                : unavailable(place, cause);
    }

    static UnavailableException unavailable(String place, Exception cause) {
        return new UnavailableException(
                ErrorCode.STORAGE_UNAVAILABLE,
                "The service's storage " + place + " cannot be used now.",
                "Try again in a moment. Whoever runs the service checks ortune.storage and its"
                        + " credentials.",
                cause);
    }
}
