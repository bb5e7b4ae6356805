package dev.ortune.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** What goes into an image: the packaged program. */
@DisabledIfSystemProperty(
        named = "ortune.executable",
        matches = ".+",
        disabledReason = "an executable has the libraries of its platform beside it, and no jars")
class ImageContentIT {

    private static final Path PACKAGE = Path.of("target/quarkus-app");
    private static final Pattern LIBRARY = Pattern.compile(".*\\.(so(\\.\\d+)*|dll|dylib|jnilib)");

    private static final List<String> PLATFORMS =
            List.of("linux-x86-64", "linux-arm64", "osx-arm64", "windows-x86-64");

    @Test
    void librariesAreThoseOfOnePlatform() throws IOException {
        List<String> libraries = new ArrayList<>();
        try (Stream<Path> jars = Files.walk(PACKAGE)) {
            for (Path jar : jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
                try (JarFile content = new JarFile(jar.toFile())) {
                    content.stream()
                            .map(JarEntry::getName)
                            .filter(name -> LIBRARY.matcher(name).matches())
                            .forEach(libraries::add);
                }
            }
        }
        assertThat(libraries)
                .anyMatch(name -> name.contains("onnxruntime"))
                .anyMatch(name -> name.contains("tokenizers"));
        assertThat(libraries.stream().map(ImageContentIT::platform).distinct())
                .as("%s", libraries)
                .hasSize(1);
    }

    /** Every library has its own way to write a platform. */
    private static String platform(String library) {
        String folders =
                library.toLowerCase(Locale.ROOT)
                        .replaceAll("[/_]", "-")
                        .replace("aarch64", "arm64");
        return PLATFORMS.stream().filter(folders::contains).findFirst().orElse(library);
    }
}
