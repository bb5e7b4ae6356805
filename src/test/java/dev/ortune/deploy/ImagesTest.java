package dev.ortune.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Docker builds and what Jib builds is the same. */
class ImagesTest {

    private static final Path DOCKER = Path.of("main/docker");
    private static final String POM = Manifests.read(Path.of("pom.xml"));
    private static final Pattern OF_DOCKER =
            Pattern.compile("(?m)^(?:ENV|   ) *([A-Z_]+)=(\\S+?)(?: \\\\)?$");
    private static final Pattern COPY = Pattern.compile("(?m)^COPY (?:--\\S+ )?(\\S+) (\\S+)$");
    private static final Pattern OF_JIB =
            Pattern.compile("<quarkus\\.jib\\.environment-variables\\.([A-Z_]+)>([^<]+)<");

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile.jvm", "Dockerfile.cuda"})
    void onTheJvmItIsStartedAlikeInTheSameEnvironment(String name) {
        String file = Manifests.read(DOCKER.resolve(name));
        assertThat(found(OF_DOCKER, file)).isNotEmpty().isEqualTo(found(OF_JIB, POM));
        assertThat(forAnyJava(entrypoint(file)))
                .isNotEmpty()
                .isEqualTo(forAnyJava(List.of(property("jvm-entrypoint").split(","))));
        assertThat(line(file, "WORKDIR ")).isEqualTo(property("working-directory"));
    }

    @Test
    void classesAreArchivedAsTheyAreUsed() {
        String file = Manifests.read(DOCKER.resolve("Dockerfile.jvm"));
        String rehearsal = file.replaceFirst("(?s).*\\s(java --enable-native.*?)\n\n.*", "$1");
        assertThat(List.of(rehearsal.split("[\\s\\\\]+")))
                .startsWith(
                        entrypoint(file).stream()
                                .map(word -> word.replace("AOTCache=", "AOTCacheOutput="))
                                .toArray(String[]::new));
    }

    /** Without what only newer Javas know, and without the way to the classes. */
    private static List<String> forAnyJava(List<String> entrypoint) {
        return entrypoint.stream()
                .filter(word -> word.startsWith("-X") || word.startsWith("--enable"))
                .filter(word -> !word.contains("AOTCache"))
                .toList();
    }

    private static List<String> entrypoint(String file) {
        return List.of(line(file, "ENTRYPOINT ").replaceAll("[\\[\\]\" ]", "").split(","));
    }

    @Test
    void aNativeExecutableHasTheSameEnvironmentButForWhereLibrariesAreUnpacked() {
        Map<String, String> jib = found(OF_JIB, POM);
        jib.remove("JDK_JAVA_OPTIONS");
        jib.remove("DJL_CACHE_DIR");
        assertThat(found(OF_DOCKER, Manifests.read(DOCKER.resolve("Dockerfile.native"))))
                .isEqualTo(jib);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile.jvm", "Dockerfile.cuda", "Dockerfile.native"})
    void everyImageHasTheUserOfTheManifests(String name) {
        assertThat(line(Manifests.read(DOCKER.resolve(name)), "USER "))
                .isEqualTo(property("user"))
                .startsWith("10001:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile.jvm", "Dockerfile.cuda", "Dockerfile.native"})
    void dockerIsGivenAllThatAnImageCopies(String name) {
        List<String> given =
                Manifests.read(Path.of(".dockerignore"))
                        .lines()
                        .filter(line -> line.startsWith("!"))
                        .map(line -> line.substring(1))
                        .toList();
        assertThat(copies(name).keySet())
                .isNotEmpty()
                .allSatisfy(source -> assertThat(given).anyMatch(source::startsWith));
    }

    @Test
    void librariesOfANativeExecutableLieBesideIt() {
        Map<String, String> copies = copies("Dockerfile.native");
        Path executable = Path.of(copies.get("target/*-runner"));
        assertThat(Path.of(copies.get("target/lib/"))).isEqualTo(executable.resolveSibling("lib"));
        assertThat(entrypoint(Manifests.read(DOCKER.resolve("Dockerfile.native"))))
                .first()
                .isEqualTo(executable.toString());
    }

    /** What is copied, and where to. */
    private static Map<String, String> copies(String name) {
        return found(COPY, Manifests.read(DOCKER.resolve(name)));
    }

    private static String line(String file, String instruction) {
        return file.lines()
                .filter(line -> line.startsWith(instruction))
                .map(line -> line.substring(instruction.length()))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private static String property(String name) {
        return POM.replaceFirst("(?s).*<quarkus\\.jib\\." + name + ">([^<]+)<.*", "$1");
    }

    private static Map<String, String> found(Pattern pattern, String text) {
        Map<String, String> all = new TreeMap<>();
        pattern.matcher(text).results().forEach(one -> all.put(one.group(1), one.group(2)));
        return all;
    }
}
