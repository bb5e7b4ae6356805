package dev.ortune.export.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ortune.console.Console;
import dev.ortune.export.ExportedArtifacts;
import dev.ortune.export.HashedFile;
import dev.ortune.export.Manifest;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What the export command prints.
 *
 * @param directory the folder, absolute
 * @param base what the user called the base
 * @param origin where it came from
 * @param files the artifacts, hashed
 * @param trainableParameters values that training changes
 * @param allParameters values of the whole model, as PEFT counts them
 * @param weightsReused whether the weights stood there already
 * @param seconds what the export took, downloads not included
 */
record ExportSummary(
        String directory,
        String base,
        String origin,
        List<HashedFile> files,
        @JsonProperty("trainable_parameters") long trainableParameters,
        @JsonProperty("all_parameters") long allParameters,
        @JsonProperty("weights_reused") boolean weightsReused,
        double seconds) {

    private static final double MILLISECONDS = 1e3;
    private static final double BYTES_PER_MEGABYTE = 1e6;

    static void print(Console console, ExportedArtifacts artifacts, Duration taken) {
        double seconds = taken.toMillis() / MILLISECONDS;
        if (console.json()) {
            console.out().println(json(of(artifacts, seconds)));
        } else {
            printText(console, artifacts, seconds);
        }
    }

    private static ExportSummary of(ExportedArtifacts artifacts, double seconds) {
        Manifest manifest = artifacts.manifest();
        return new ExportSummary(
                artifacts.directory().toAbsolutePath().normalize().toString(),
                manifest.source().base(),
                manifest.source().origin(),
                manifest.files(),
                manifest.parameters().trainable(),
                manifest.parameters().all(),
                artifacts.weightsReused(),
                seconds);
    }

    private static void printText(Console console, ExportedArtifacts artifacts, double seconds) {
        Manifest manifest = artifacts.manifest();
        console.out()
                .printf(
                        Locale.ROOT,
                        "Exported %s (%s) to %s in %.1f s%s%n",
                        manifest.source().base(),
                        manifest.source().origin(),
                        artifacts.directory(),
                        seconds,
                        artifacts.weightsReused() ? "; the weights stood there already" : "");
        for (HashedFile file : manifest.files()) {
            console.out()
                    .printf(
                            Locale.ROOT,
                            "  %-22s %10.3f MB%n",
                            file.name(),
                            file.bytes() / BYTES_PER_MEGABYTE);
        }
        console.out().println(manifest.parameters().peftLine());
    }

    private static String json(ExportSummary summary) {
        try {
            return JsonMapper.builder().build().writeValueAsString(summary);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
