package dev.ortune;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keeps the boundaries that docs/architecture.md draws. */
class ArchitectureTest {

    private static final String ROOT = "dev.ortune.";
    private static final Path SOURCES_OF_ARTIFACTS_GEN = Path.of("../artifacts-gen/src/main/java");
    private static final Path SOURCES_OF_SERVICE = Path.of("main/java");
    private static final int LONGEST_FILE_LINES = 400;

    /** Every package and the packages that it may call; {@code error} and itself always. */
    private static final Map<String, Set<String>> MAY_CALL =
            new TreeMap<>(
                    Map.ofEntries(
                            // artifacts-gen
                            Map.entry("error", Set.of()),
                            Map.entry("io", Set.of()),
                            Map.entry("onnx.proto", Set.of()),
                            Map.entry("checkpoint", Set.of("io", "onnx.proto")),
                            Map.entry("graph.op", Set.of("checkpoint", "onnx.proto")),
                            Map.entry("graph", Set.of("graph.op", "checkpoint", "onnx.proto")),
                            Map.entry("graph.family", Set.of("graph", "graph.op")),
                            Map.entry("base", Set.of("io")),
                            Map.entry(
                                    "export",
                                    Set.of(
                                            "io",
                                            "checkpoint",
                                            "graph",
                                            "graph.op",
                                            "graph.family",
                                            "base",
                                            "onnx.proto")),
                            Map.entry("console", Set.of("base")),
                            Map.entry("export.cli", Set.of("console", "base", "graph", "export")),
                            // src
                            Map.entry("ort", Set.of("io", "checkpoint", "graph", "onnx.proto")),
                            Map.entry("tokenizer", Set.of("io")),
                            Map.entry("dataset", Set.of("graph", "io")),
                            Map.entry("dataset.check", Set.of("dataset")),
                            Map.entry("evaluation", Set.of("dataset", "graph")),
                            Map.entry(
                                    "adapter",
                                    Set.of(
                                            "io",
                                            "checkpoint",
                                            "graph",
                                            "export",
                                            "dataset",
                                            "evaluation",
                                            "tokenizer")),
                            Map.entry(
                                    "train",
                                    Set.of(
                                            "io",
                                            "checkpoint",
                                            "graph",
                                            "graph.op",
                                            "base",
                                            "export",
                                            "ort",
                                            "tokenizer",
                                            "dataset",
                                            "evaluation",
                                            "adapter")),
                            Map.entry("repository.archive", Set.of()),
                            Map.entry(
                                    "repository",
                                    Set.of(
                                            "repository.archive",
                                            "storage",
                                            "access",
                                            "io",
                                            "checkpoint",
                                            "graph",
                                            "base",
                                            "export",
                                            "adapter",
                                            "tokenizer")),
                            Map.entry(
                                    "encoder",
                                    Set.of("checkpoint", "graph", "export", "ort", "adapter")),
                            Map.entry("job", Set.of()),
                            Map.entry("configuration", Set.of()),
                            Map.entry("database", Set.of()),
                            Map.entry("access", Set.of("io")),
                            Map.entry("access.oidc", Set.of("access")),
                            Map.entry("audit", Set.of()),
                            Map.entry("webhook", Set.of("job")),
                            Map.entry("storage", Set.of("io")),
                            Map.entry("role", Set.of()),
                            Map.entry("drain", Set.of()),
                            Map.entry("file", Set.of("io", "storage")),
                            Map.entry(
                                    "tuning",
                                    Set.of(
                                            "cache",
                                            "configuration",
                                            "database",
                                            "drain",
                                            "role",
                                            "storage",
                                            "job",
                                            "file",
                                            "access",
                                            "webhook",
                                            "repository",
                                            "dataset",
                                            "dataset.check",
                                            "tokenizer",
                                            "train",
                                            "graph",
                                            "export",
                                            "base",
                                            "io")),
                            Map.entry("batch", Set.of()),
                            Map.entry("cache", Set.of()),
                            Map.entry(
                                    "serve",
                                    Set.of(
                                            "encoder",
                                            "batch",
                                            "cache",
                                            "configuration",
                                            "database",
                                            "drain",
                                            "role",
                                            "storage",
                                            "repository",
                                            "repository.archive",
                                            "checkpoint",
                                            "graph",
                                            "base",
                                            "export",
                                            "ort",
                                            "tokenizer",
                                            "evaluation",
                                            "adapter")),
                            Map.entry("api.inference", Set.of("serve", "repository")),
                            Map.entry("api.access", Set.of("access", "access.oidc", "audit")),
                            Map.entry("api.telemetry", Set.of("base", "cache", "webhook")),
                            Map.entry(
                                    "api.rest",
                                    Set.of(
                                            "api.inference",
                                            "serve",
                                            "repository",
                                            "adapter",
                                            "api.access",
                                            "access",
                                            "database",
                                            "drain")),
                            Map.entry("api.rest.access", Set.of("api.rest", "access", "audit")),
                            Map.entry(
                                    "api.rest.oip",
                                    Set.of("api.inference", "api.rest", "repository", "serve")),
                            Map.entry(
                                    "api.rest.tei",
                                    Set.of("api.inference", "api.rest", "repository", "serve")),
                            Map.entry(
                                    "api.rest.openai",
                                    Set.of(
                                            "api.inference",
                                            "api.rest",
                                            "serve",
                                            "tuning",
                                            "job",
                                            "file",
                                            "webhook",
                                            "access",
                                            "graph",
                                            "tokenizer",
                                            "train")),
                            Map.entry("api.grpc.proto", Set.of()),
                            Map.entry("api.grpc.proto.v1", Set.of()),
                            Map.entry(
                                    "api.grpc",
                                    Set.of(
                                            "api.grpc.proto",
                                            "api.access",
                                            "access",
                                            "api.inference",
                                            "drain",
                                            "repository",
                                            "serve")),
                            Map.entry(
                                    "api.grpc.tuning",
                                    Set.of(
                                            "api.grpc",
                                            "api.grpc.proto.v1",
                                            "api.inference",
                                            "access",
                                            "tuning",
                                            "job",
                                            "file",
                                            "io",
                                            "serve",
                                            "dataset.check",
                                            "graph",
                                            "tokenizer",
                                            "train")),
                            Map.entry(
                                    "cli",
                                    Set.of(
                                            "checkpoint",
                                            "graph",
                                            "base",
                                            "io",
                                            "export",
                                            "export.cli",
                                            "console",
                                            "ort",
                                            "tokenizer",
                                            "dataset",
                                            "dataset.check",
                                            "evaluation",
                                            "adapter",
                                            "train",
                                            "serve"))));

    private static JavaClasses all;
    private static JavaClasses artifactsGen;

    @BeforeAll
    static void readClasses() {
        ClassFileImporter importer =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .withImportOption(location -> !location.contains("/bench/"));
        all = importer.importPackages("dev.ortune");
        artifactsGen =
                importer.withImportOption(location -> location.contains("artifacts-gen"))
                        .importPackages("dev.ortune");
    }

    static Stream<String> packages() {
        return MAY_CALL.keySet().stream();
    }

    static Stream<Path> sourceFolders() throws IOException {
        Set<Path> folders = new TreeSet<>();
        for (Path root : List.of(SOURCES_OF_ARTIFACTS_GEN, SOURCES_OF_SERVICE)) {
            try (Stream<Path> files = Files.walk(root)) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .forEach(file -> folders.add(file.getParent()));
            }
        }
        return folders.stream();
    }

    @Test
    void theImportSawBothModules() {
        assertThat(artifactsGen.contain("dev.ortune.graph.ClassifierGraphs")).isTrue();
        assertThat(artifactsGen.contain("dev.ortune.train.Trainer")).isFalse();
        assertThat(all.contain("dev.ortune.train.Trainer")).isTrue();
    }

    @Test
    void artifactsGenIsFreeOfQuarkusAndJakarta() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus..", "jakarta..", "io.smallrye..", "org.bytedeco..")
                .check(artifactsGen);
    }

    @Test
    void artifactsGenKnowsNothingOfTheService() {
        Set<String> inArtifactsGen =
                artifactsGen.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
        String[] service =
                all.stream()
                        .map(JavaClass::getPackageName)
                        .filter(name -> !inArtifactsGen.contains(name))
                        .distinct()
                        .toArray(String[]::new);
        assertThat(service).contains("dev.ortune.cli", "dev.ortune.ort");
        noClasses().should().dependOnClassesThat().resideInAnyPackage(service).check(artifactsGen);
    }

    @Test
    void onlyTheOrtPackageKnowsJavaCpp() {
        noClasses()
                .that(not(resideInAPackage("dev.ortune.ort")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco..")
                .check(all);
    }

    @Test
    void onlyTheTokenizerPackageKnowsDjl() {
        noClasses()
                .that(not(resideInAPackage("dev.ortune.tokenizer")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl..")
                .check(all);
    }

    @Test
    void onlyTheInterfaceTheServiceAndItsLauncherKnowQuarkus() {
        noClasses()
                .that(
                        not(
                                resideInAnyPackage(
                                        "dev.ortune.api..",
                                        "dev.ortune.serve",
                                        "dev.ortune.tuning",
                                        "dev.ortune.role",
                                        "dev.ortune.cli")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus..", "jakarta..", "io.smallrye..")
                .check(all);
    }

    @ParameterizedTest
    @MethodSource("packages")
    void aPackageCallsOnlyThePackagesThatItMay(String name) {
        Set<String> allowed =
                Stream.concat(Stream.of(name, "error"), MAY_CALL.get(name).stream())
                        .map(other -> ROOT + other)
                        .collect(Collectors.toSet());
        String[] forbidden =
                all.stream()
                        .map(JavaClass::getPackageName)
                        .filter(other -> !allowed.contains(other))
                        .distinct()
                        .toArray(String[]::new);
        classes()
                .that()
                .resideInAPackage(ROOT + name)
                .should()
                .onlyDependOnClassesThat(not(resideInAnyPackage(forbidden)))
                .check(all);
    }

    @Test
    void everyPackageIsInTheTable() {
        Set<String> found = new TreeSet<>();
        all.forEach(javaClass -> found.add(javaClass.getPackageName().substring(ROOT.length())));
        assertThat(found).isEqualTo(MAY_CALL.keySet());
    }

    @Test
    void packagesDoNotCallEachOtherInCircles() {
        slices().matching("dev.ortune.(**)").should().beFreeOfCycles().check(all);
        slices().matching("dev.ortune.(*)..").should().beFreeOfCycles().check(all);
    }

    @ParameterizedTest
    @MethodSource("sourceFolders")
    void everyPackageSaysWhatItIsFor(Path folder) throws IOException {
        assertThat(folder.resolve("package-info.java")).exists();
        assertThat(Files.readString(folder.resolve("package-info.java"))).contains("/**");
    }

    @ParameterizedTest
    @MethodSource("sourceFolders")
    void noSourceFileIsLong(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            assertThat(Files.readAllLines(file))
                    .as(file.toString())
                    .hasSizeLessThan(LONGEST_FILE_LINES);
        }
    }
}
