package dev.ortune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsFileTest {

    @TempDir private Path folder;

    @Test
    void aRunThatGoesOnAppends() throws IOException {
        Path file = folder.resolve("new/events.jsonl");
        try (EventsFile events = EventsFile.open(file)) {
            events.append("{\"event\":\"a\"}");
            events.force();
        }
        try (EventsFile events = EventsFile.open(file)) {
            events.append("{\"event\":\"ä\"}");
        }
        assertThat(Files.readAllLines(file))
                .filteredOn(line -> !line.isEmpty())
                .containsExactly("{\"event\":\"a\"}", "{\"event\":\"ä\"}");
    }

    @Test
    void aLineIsThereAsSoonAsItIsAppended() throws IOException {
        Path file = folder.resolve("events.jsonl");
        try (EventsFile events = EventsFile.open(file)) {
            events.append("{\"event\":\"a\"}");
            assertThat(Files.readString(file)).isEqualTo("{\"event\":\"a\"}\n");
        }
    }

    @Test
    void halfALineOfAKilledRunDoesNotSpoilTheNext() throws IOException {
        Path file = folder.resolve("events.jsonl");
        Files.writeString(file, "{\"event\":\"st");
        try (EventsFile events = EventsFile.open(file)) {
            events.append("{\"event\":\"b\"}");
        }
        assertThat(Files.readAllLines(file))
                .containsExactly("{\"event\":\"st", "{\"event\":\"b\"}");
    }
}
