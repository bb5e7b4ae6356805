package dev.ortune;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the build tells native-image of, beside what Quarkus does: src/native/ReachabilityMetadata.java. */
class ReachabilityMetadataTest {

    private static final String FOLDER = "/META-INF/native-image/dev.ortune/ortune-service/";
    private static final String[] ALL_MEMBERS = {
        "allDeclaredConstructors", "allDeclaredMethods", "allDeclaredFields"
    };
    private static final String[] MADE_BY_NATIVE_CODE = {
        "allDeclaredConstructors", "unsafeAllocated"
    };

    private static JavaClasses own;
    private static Map<String, JsonNode> reflection;

    @BeforeAll
    static void read() throws IOException {
        own =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .withImportOption(location -> !location.contains("/bench/"))
                        .importPackages("dev.ortune");
        reflection = entries("reflect-config.json");
    }

    @Test
    void everyRecordMayBecomeJsonAndEveryEnumAWordInIt() {
        assertThat(own).hasSizeGreaterThan(900);
        assertCovered(
                own.stream()
                        .filter(type -> type.isRecord() || type.isEnum())
                        // A constant with a body of its own.
                        .filter(type -> !type.isAnonymousClass()),
                ALL_MEMBERS);
    }

    @Test
    void everyClassThatJacksonIsToldOfIsThere() {
        assertCovered(
                own.stream().filter(type -> uses(type, "com.fasterxml.jackson.annotation.")),
                ALL_MEMBERS);
        assertCovered(
                own.stream()
                        .filter(
                                type ->
                                        type.isAssignableTo(
                                                "com.fasterxml.jackson.databind.JsonSerializer")),
                ALL_MEMBERS);
    }

    @Test
    void everyCommandAndItsOptionsAreThere() {
        assertCovered(own.stream().filter(type -> uses(type, "picocli.")), ALL_MEMBERS);
    }

    @Test
    void whatReadsSettingsIsThere() {
        List<JavaClass> converters =
                own.stream()
                        .filter(
                                type ->
                                        type.isAssignableTo(
                                                "org.eclipse.microprofile.config.spi.Converter"))
                        .toList();
        assertThat(converters).hasSizeGreaterThan(5);
        assertCovered(converters.stream(), "allDeclaredConstructors");
    }

    @Test
    void everyClassThatNativeCodeMakesIsThere() {
        List<JavaClass> made =
                new ClassFileImporter()
                        .importPackages("org.bytedeco.javacpp", "org.bytedeco.onnxruntime").stream()
                                .filter(type -> type.isAssignableTo("org.bytedeco.javacpp.Pointer"))
                                .filter(
                                        type ->
                                                !type.getModifiers()
                                                        .contains(JavaModifier.ABSTRACT))
                                .filter(type -> !type.getPackageName().endsWith(".tools"))
                                .toList();
        assertThat(made).hasSizeGreaterThan(300);
        assertCovered(made.stream(), MADE_BY_NATIVE_CODE);
    }

    @Test
    void everyConfigurationOfStatementsIsThere() {
        assertCovered(
                new ClassFileImporter()
                        .importPackages("org.jdbi.v3.core").stream()
                                .filter(
                                        type ->
                                                type.isAssignableTo(
                                                        "org.jdbi.v3.core.config.JdbiConfig"))
                                .filter(type -> !type.isInterface()),
                "allDeclaredConstructors");
    }

    @Test
    void typesOfFieldsThatProtobufBringsAreThere() {
        assertThat(
                        Stream.of(
                                        "Timestamp",
                                        "Timestamp$Builder",
                                        "Struct",
                                        "Value$Builder",
                                        "NullValue")
                                .map(name -> "com.google.protobuf." + name)
                                .filter(name -> !has(name, "allDeclaredMethods")))
                .isEmpty();
    }

    @Test
    void nativeTokenizersFindTheirClasses() throws IOException {
        assertThat(entries("jni-config.json"))
                .containsKeys(
                        "ai.djl.huggingface.tokenizers.jni.CharSpan",
                        "ai.djl.huggingface.tokenizers.jni.TokenizersLibrary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "db/migration/V1__jobs.sql",
                "reviews/imdb-train.csv.gz",
                "bge-small-en-v1.5.onnx",
                "bge-small-en-v1.5-tokenizer.json",
                "dev/ortune/base/bge-small-en-v1.5-config.json",
                "dev/ortune/export/build.properties",
                "native/lib/tokenizers.properties",
                "META-INF/services/org.flywaydb.core.extensibility.Plugin",
                "META-INF/services/java.sql.Driver"
            })
    void filesThatAreReadAtRunTimeAreThere(String file) throws IOException {
        assertThat(getClass().getResource("/" + file)).isNotNull();
        assertThat(patterns()).anyMatch(file::matches);
    }

    private static void assertCovered(Stream<JavaClass> types, String... members) {
        List<String> names = types.map(JavaClass::getName).toList();
        assertThat(names).isNotEmpty();
        assertThat(names.stream().filter(name -> !has(name, members)))
                .as("not registered with " + List.of(members))
                .isEmpty();
    }

    private static boolean has(String name, String... members) {
        JsonNode entry = reflection.getOrDefault(name, MissingNode.getInstance());
        return Stream.of(members).allMatch(member -> entry.path(member).asBoolean());
    }

    private static boolean uses(JavaClass type, String library) {
        return Stream.of(
                        Stream.of(type),
                        type.getFields().stream(),
                        type.getMethods().stream(),
                        type.getConstructors().stream())
                .<HasAnnotations<?>>flatMap(element -> element)
                .flatMap(element -> element.getAnnotations().stream())
                .map(JavaAnnotation::getRawType)
                .anyMatch(annotation -> annotation.getName().startsWith(library));
    }

    private static Map<String, JsonNode> entries(String file) throws IOException {
        Map<String, JsonNode> entries = new HashMap<>();
        json(file).forEach(entry -> entries.put(entry.path("name").asText(), entry));
        return entries;
    }

    private static List<String> patterns() throws IOException {
        List<String> patterns = new ArrayList<>();
        json("resource-config.json")
                .path("resources")
                .path("includes")
                .forEach(entry -> patterns.add(entry.path("pattern").asText()));
        return patterns;
    }

    private static JsonNode json(String file) throws IOException {
        URL found = ReachabilityMetadataTest.class.getResource(FOLDER + file);
        assertThat(found).as("what the build wrote: " + file).isNotNull();
        return JsonMapper.builder().build().readTree(found);
    }
}
