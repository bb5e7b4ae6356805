package dev.ortune.api.rest;

import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.List;

/** Every protocol's way with errors; problem documents where no protocol has its own. */
@Singleton
public final class ErrorFormats {

    private final List<ErrorFormat> formats;

    public ErrorFormats(@All List<ErrorFormat> formats) {
        this.formats = List.copyOf(formats);
    }

    /** A problem as clients of this address expect it. */
    ErrorDocument document(String path, Problem problem) {
        return formats.stream()
                .filter(format -> format.covers(path))
                .findFirst()
                .map(format -> format.document(problem))
                .orElseGet(() -> new ErrorDocument(problem.status(), Problem.MEDIA_TYPE, problem));
    }
}
