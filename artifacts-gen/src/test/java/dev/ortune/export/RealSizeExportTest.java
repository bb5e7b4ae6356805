package dev.ortune.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ortune.checkpoint.TensorShape;
import dev.ortune.golden.Golden;
import dev.ortune.golden.RealConfigs;
import dev.ortune.graph.ModelStructure;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint of DistilBERT's size, random, exported by the program in a process of its own. */
class RealSizeExportTest {

    private static final String HEAP = "-Xmx512m";
    private static final long ENCODER_VALUES = 66_362_880;
    private static final int CHUNK_BYTES = 1 << 20;

    @TempDir private Path folder;

    @Test
    void distilBertIsExportedInAHalfGibibyteHeapAndItsWeightsAreReused() throws Exception {
        Path base = writeBase();
        Path out = folder.resolve("artifacts");

        assertThat(export(base, out, "--lora-rank", "4"))
                .contains("trainable params: 628,994 || all params: 67,584,004");
        assertThat(Files.size(out.resolve("weights.bin")))
                .isGreaterThanOrEqualTo(ENCODER_VALUES * Float.BYTES);

        String again = export(base, out, "--lora-rank", "8", "--labels", "7", "--json");
        assertThat(new ObjectMapper().readTree(again).path("weights_reused").asBoolean()).isTrue();
    }

    private static String export(Path base, Path out, String... options) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                ProcessHandle.current().info().command().orElseThrow(),
                                HEAP,
                                "-classpath",
                                System.getProperty("java.class.path"),
                                "dev.ortune.export.cli.Main",
                                "--base",
                                base.toString(),
                                "--out",
                                out.toString()));
        command.addAll(List.of(options));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String printed = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(printed).isZero();
        return printed;
    }

    private Path writeBase() throws IOException {
        Path base = Files.createDirectory(folder.resolve("base"));
        Files.writeString(base.resolve("config.json"), RealConfigs.distilBert().toString());
        Files.copy(Golden.base("distilbert-tiny").resolve("vocab.txt"), base.resolve("vocab.txt"));
        ModelStructure structure = RealConfigs.model(RealConfigs.distilBert()).structure(2);
        ObjectNode header = new ObjectMapper().createObjectNode();
        long bytes = 0;
        for (Map.Entry<String, TensorShape> tensor : structure.tensors().entrySet()) {
            if (!structure.isHead(tensor.getKey())) {
                ObjectNode entry = header.putObject(tensor.getKey());
                entry.put("dtype", "F32");
                tensor.getValue().dimensions().forEach(entry.withArray("shape")::add);
                entry.withArray("data_offsets").add(bytes);
                bytes += tensor.getValue().elements() * Float.BYTES;
                entry.withArray("data_offsets").add(bytes);
            }
        }
        writeSafetensors(base.resolve("model.safetensors"), header.toString(), bytes);
        return base;
    }

    private static void writeSafetensors(Path file, String header, long dataBytes)
            throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        new Random(1).nextBytes(chunk);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            byte[] headerBytes = header.getBytes(java.nio.charset.StandardCharsets.UTF_8);
            out.write(
                    ByteBuffer.allocate(Long.BYTES)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(headerBytes.length)
                            .array());
            out.write(headerBytes);
            for (long left = dataBytes; left > 0; left -= CHUNK_BYTES) {
                out.write(chunk, 0, (int) Math.min(CHUNK_BYTES, left));
            }
        }
    }
}
