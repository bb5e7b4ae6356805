package dev.ortune.train;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.export.HashedFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The content of a checkpoint's {@code checkpoint.json}: {@link RunState} without tensors. Numbers are
 * written so that reading gives the same bits.
 *
 * @param formatVersion of the folder
 * @param fingerprint of the run, as {@link RunFingerprint}
 * @param runs training runs of the graph so far
 * @param progress the run's counters
 * @param bestEpoch the epoch that the file of best parameters belongs to
 * @param files the other files, with their hashes
 */
record CheckpointDocument(
        int formatVersion,
        String fingerprint,
        long runs,
        RunProgress progress,
        List<EpochReport> reports,
        Optional<Integer> bestEpoch,
        List<HashedFile> files) {

    static final int FORMAT_VERSION = 1;

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .addModule(new Jdk8Module())
                    .addModule(new JavaTimeModule())
                    .build();

    CheckpointDocument {
        reports = List.copyOf(reports);
        files = List.copyOf(files);
    }

    static CheckpointDocument of(
            String fingerprint, long runs, RunState state, List<HashedFile> files) {
        return new CheckpointDocument(
                FORMAT_VERSION,
                fingerprint,
                runs,
                state.progress(),
                state.reports(),
                state.best().map(KeptEpoch::epoch),
                files);
    }

    /** The run's state. */
    RunState state(List<FloatTensor> bestParameters) {
        return new RunState(
                progress, reports, bestEpoch.map(number -> kept(number, bestParameters)));
    }

    private KeptEpoch kept(int number, List<FloatTensor> bestParameters) {
        return new KeptEpoch(
                number,
                reports.stream()
                        .filter(report -> report.epoch() == number)
                        .findFirst()
                        .flatMap(EpochReport::evaluation),
                bestParameters);
    }

    byte[] toJson() throws IOException {
        return MAPPER.writeValueAsBytes(this);
    }

    /**
     * Reads a document.
     *
     * @throws IOException when it is none, or of another version
     */
    static CheckpointDocument parse(byte[] json) throws IOException {
        CheckpointDocument document = MAPPER.readValue(json, CheckpointDocument.class);
        if (document == null || document.formatVersion() != FORMAT_VERSION) {
            throw new IOException("it is not of format version " + FORMAT_VERSION);
        }
        return document;
    }
}
