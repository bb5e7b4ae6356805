package dev.ortune.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program {@code kubectl}, where there is one. */
final class Kubectl {

    /** Before it, kubectl brought a kustomize that knows neither components nor folders as resources. */
    private static final int OLDEST = 21;

    private static final Pattern VERSION = Pattern.compile("v1\\.(\\d+)\\.");

    private Kubectl() {}

    /** Whether one is there that is new enough. */
    static boolean isUsable() throws InterruptedException {
        try {
            Matcher version = VERSION.matcher(run("version", "--client"));
            return version.find() && Integer.parseInt(version.group(1)) >= OLDEST;
        } catch (IOException e) {
            return false;
        }
    }

    /** What would be applied. */
    static List<JsonNode> kustomize(Path folder) throws IOException, InterruptedException {
        return Manifests.documents(run("kustomize", folder.toString()));
    }

    private static String run(String... arguments) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("kubectl", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder("kubectl");
            builder.command().addAll(List.of(arguments));
            Process process = builder.redirectError(errors.toFile()).start();
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException(Files.readString(errors));
            }
            return output;
        } finally {
            Files.delete(errors);
        }
    }
}
