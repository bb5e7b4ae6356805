package dev.ortune.repository;

import dev.ortune.adapter.Adapter;
import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.export.PreparedBase;
import dev.ortune.graph.ClassifierOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Exports that are made from a version's weights: these are read, and whatever can be refused is
 * refused, before anything is sent.
 */
final class WeightsExport implements ExportWriter {

    /** Makes one format's content. */
    interface Content {

        /** Refuses what cannot be written. */
        default void check(Version version) {}

        /** Writes it; leaves the stream open. */
        void write(OutputStream out, Version version) throws IOException;
    }

    /**
     * A version with its weights in memory.
     *
     * @param number its number
     * @param parameters the tensors of the options' plan, in its order
     */
    record Version(
            int number,
            PreparedBase base,
            ClassifierOptions options,
            List<FloatTensor> parameters) {

        Version {
            parameters = List.copyOf(parameters);
        }
    }

    private final KnownBases bases;
    private final ExportFormat format;
    private final String suffix;
    private final Content content;

    /**
     * Exports in a format.
     *
     * @param suffix of the file's name
     */
    WeightsExport(KnownBases bases, ExportFormat format, String suffix, Content content) {
        this.bases = bases;
        this.format = format;
        this.suffix = suffix;
        this.content = content;
    }

    @Override
    public ExportFormat format() {
        return format;
    }

    /**
     * {@inheritDoc}
     *
     * @throws dev.ortune.error.OrtuneException also as {@link KnownBases#of}
     */
    @Override
    public Export export(PublishedVersion published) {
        PreparedBase base = bases.of(published).prepared();
        Adapter adapter = published.read().adapter();
        ClassifierOptions options = adapter.toOptions(base.model());
        Version version =
                new Version(
                        published.number(),
                        base,
                        options,
                        adapter.parametersFor(base.graphs(options).plan()));
        content.check(version);
        return new InMemory(published.model().name() + "-" + published.number() + suffix, version);
    }

    /** An export that needs no file of the version any more. */
    private final class InMemory implements Export {

        private final String fileName;
        private final Version version;

        InMemory(String fileName, Version version) {
            this.fileName = fileName;
            this.version = version;
        }

        @Override
        public String fileName() {
            return fileName;
        }

        @Override
        public String mediaType() {
            return "application/octet-stream";
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            content.write(out, version);
        }

        @Override
        public void close() {
            // All is on the heap.
        }
    }
}
