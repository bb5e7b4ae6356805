package dev.ortune.export;

import dev.ortune.error.InvalidInputException;
import dev.ortune.graph.LinearModule;
import dev.ortune.graph.ModelStructure;
import dev.ortune.graph.QuantizedWeights;
import dev.ortune.io.AtomicFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The eight-bit form of a prepared base's encoder: {@code weights.int8.bin} beside {@code
 * weights.bin}, and {@code weights.int8.json}, which says where each layer stands.
 *
 * <p>Made once, when it is first asked for. Processes that ask at the same time write the same bytes,
 * each file whole, the description last: any of them serves.
 */
final class QuantizedBase {

    static final String WEIGHTS_FILE = "weights.int8.bin";
    static final String DESCRIPTION_FILE = "weights.int8.json";

    private static final int FORMAT_VERSION = 1;

    /** Tensors start on page borders, so that they can be mapped one by one. */
    private static final long ALIGNMENT = 4096;

    // Any count finds the same encoder.
    private static final int ANY_LABEL_COUNT = 2;

    /**
     * What {@value #DESCRIPTION_FILE} says.
     *
     * @param formatVersion of both files
     * @param source the float32 file that was quantized
     * @param bytes the size of the eight-bit file
     * @param weights each layer's place
     */
    record Description(
            int formatVersion, HashedFile source, long bytes, QuantizedWeights weights) {}

    private final PreparedBase base;
    private final HashedFile source;

    private QuantizedBase(PreparedBase base) {
        this.base = base;
        this.source =
                base.description().files().stream()
                        .filter(file -> file.name().equals(PreparedBase.WEIGHTS_FILE))
                        .findFirst()
                        .orElseThrow();
    }

    /**
     * A base's eight-bit weights, made now if they are not there yet.
     *
     * @throws InvalidInputException {@code OUTPUT_NOT_WRITABLE}, or {@code BASE_CONFIG} for weights
     *     that are no finite numbers
     * @throws dev.ortune.error.UnavailableException {@code DISK_FULL}
     */
    static QuantizedWeights of(PreparedBase base) {
        QuantizedBase quantized = new QuantizedBase(base);
        return quantized.present().orElseGet(quantized::create);
    }

    private Optional<QuantizedWeights> present() {
        Path description = base.directory().resolve(DESCRIPTION_FILE);
        Path weights = base.directory().resolve(WEIGHTS_FILE);
        if (!Files.isRegularFile(description) || !Files.isRegularFile(weights)) {
            return Optional.empty();
        }
        try {
            Description found = JsonFile.read(description, Description.class);
            boolean fits =
                    found.formatVersion() == FORMAT_VERSION
                            && found.source().equals(source)
                            && found.bytes() == Files.size(weights);
            return fits ? Optional.of(found.weights()) : Optional.empty();
        } catch (IOException | InvalidInputException e) {
            // What cannot be read is made anew.
            return Optional.empty();
        }
    }

    private QuantizedWeights create() {
        ModelStructure structure = base.model().structure(ANY_LABEL_COUNT);
        List<LinearModule> modules =
                structure.linears().stream()
                        .filter(module -> !structure.isHead(module.weightName()))
                        .toList();
        QuantizedWeights layout = layout(modules);
        Path file = base.directory().resolve(WEIGHTS_FILE);
        try (BaseWeights weights = BaseWeights.open(base)) {
            AtomicFiles.write(file, out -> write(out, modules, layout, weights));
            JsonFile.write(
                    base.directory().resolve(DESCRIPTION_FILE),
                    new Description(FORMAT_VERSION, source, Files.size(file), layout));
        } catch (IOException e) {
            throw AtomicFiles.writeFailure(file, e);
        }
        return layout;
    }

    private static QuantizedWeights layout(List<LinearModule> modules) {
        Map<String, QuantizedWeights.Location> locations = new LinkedHashMap<>();
        long offset = 0;
        for (LinearModule module : modules) {
            long scales = align(offset + module.inputSize() * module.outputSize());
            locations.put(module.name(), new QuantizedWeights.Location(offset, scales));
            offset = align(scales + module.outputSize() * Float.BYTES);
        }
        return new QuantizedWeights(WEIGHTS_FILE, locations);
    }

    private static void write(
            OutputStream out,
            List<LinearModule> modules,
            QuantizedWeights layout,
            BaseWeights weights)
            throws IOException {
        long position = 0;
        for (LinearModule module : modules) {
            QuantizedWeights.Location location = layout.modules().get(module.name());
            int inputs = Math.toIntExact(module.inputSize());
            int outputs = Math.toIntExact(module.outputSize());
            byte[] transposed = new byte[Math.multiplyExact(inputs, outputs)];
            ByteBuffer scales =
                    ByteBuffer.allocate(outputs * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            float[] row = new float[inputs];
            for (int output = 0; output < outputs; output++) {
                weights.read(module.weightName(), (long) output * inputs, row);
                scales.putFloat(RowQuantizer.quantize(row, transposed, output, outputs));
            }
            pad(out, location.weightOffset() - position);
            out.write(transposed);
            pad(out, location.scaleOffset() - location.weightOffset() - transposed.length);
            out.write(scales.array());
            position = location.scaleOffset() + scales.capacity();
        }
    }

    private static void pad(OutputStream out, long bytes) throws IOException {
        out.write(new byte[Math.toIntExact(bytes)]);
    }

    private static long align(long offset) {
        return (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
