package dev.ortune.export.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.checkpoint.SafetensorsFile;
import dev.ortune.checkpoint.SafetensorsWriter;
import dev.ortune.checkpoint.TensorSource;
import dev.ortune.golden.Golden;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A copy of a golden base in a folder of the test's own, to be spoiled. */
record TinyBase(Path directory) {

    static TinyBase copyOf(String name, Path directory) throws IOException {
        Files.createDirectories(directory);
        try (Stream<Path> files = Files.list(Golden.base(name))) {
            for (Path file : files.toList()) {
                Files.copy(file, directory.resolve(file.getFileName()));
            }
        }
        return new TinyBase(directory);
    }

    void changeConfig(Consumer<ObjectNode> change) throws IOException {
        Path file = directory.resolve("config.json");
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode config = (ObjectNode) mapper.readTree(file.toFile());
        change.accept(config);
        mapper.writeValue(file.toFile(), config);
    }

    void dropTensor(String name) {
        List<FloatTensor> kept;
        try (TensorSource source = SafetensorsFile.open(weights())) {
            kept =
                    source.names().stream()
                            .filter(tensor -> !tensor.equals(name))
                            .map(source::read)
                            .toList();
        }
        SafetensorsWriter.write(weights(), kept);
    }

    /** Makes the header claim more bytes than the file has. */
    void lieInHeader() throws IOException {
        byte[] bytes = Files.readAllBytes(weights());
        int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        String header = new String(bytes, Long.BYTES, length, StandardCharsets.UTF_8);
        String lie = header.replaceFirst("\"data_offsets\":\\[0,", "\"data_offsets\":[9,");
        if (lie.equals(header)) {
            throw new IllegalStateException("no tensor starts at 0 in " + header);
        }
        System.arraycopy(lie.getBytes(StandardCharsets.UTF_8), 0, bytes, Long.BYTES, length);
        Files.write(weights(), bytes);
    }

    void truncate() throws IOException {
        byte[] bytes = Files.readAllBytes(weights());
        Files.write(weights(), java.util.Arrays.copyOf(bytes, bytes.length - 1000));
    }

    Path weights() {
        return directory.resolve("model.safetensors");
    }
}
