import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes what a native executable must be told of: classes that are looked up at run time, and files on
 * the class path. Run by the build, as a source file, on the program's own class path; src/pom.xml says
 * when. {@code ReachabilityMetadataTest} checks the result.
 *
 * <p>The formats are those that native-image knows since GraalVM for JDK 17.
 */
public final class ReachabilityMetadata {

    private static final String OWN = "dev.ortune.";
    private static final String JACKSON = "com.fasterxml.jackson.";
    private static final String PICOCLI = "picocli.";

    /** What settings are read by, each of which makes it by reflection. */
    private static final String CONVERTER = "org.eclipse.microprofile.config.spi.Converter";

    /** Whose classes native code creates, by reflection and without a constructor. */
    private static final List<String> JAVACPP =
            List.of("org.bytedeco.javacpp.", "org.bytedeco.onnxruntime.");

    /** JavaCPP's compiler, which no program needs. */
    private static final String JAVACPP_TOOLS = "org.bytedeco.javacpp.tools.";

    /** Whose classes native code of the tokenizers creates. */
    private static final String TOKENIZERS_JNI = "ai.djl.huggingface.tokenizers.jni.";

    private static final String PROTOBUF = "com.google.protobuf.";

    /** Types that describe messages, which are read without a look at their classes. */
    private static final String PROTOBUF_DESCRIPTORS = PROTOBUF + "DescriptorProtos";

    private static final String FLYWAY = "org.flywaydb.";

    /** What Flyway copies by way of JSON. */
    private static final List<String> FLYWAY_SETTINGS = List.of("Model", "ConfigurationExtension");

    private static final String JDBI = "org.jdbi.v3.core.";

    /** Services whose implementations are found by Java's ServiceLoader. */
    private static final List<String> SERVICES =
            List.of(
                    "org.flywaydb.core.extensibility.Plugin",
                    "io.agroal.api.AgroalDataSourceProvider",
                    "io.agroal.api.security.AgroalSecurityProvider",
                    "java.sql.Driver");

    /** Classes that libraries look up by name, with the members that they want. */
    private static final Map<String, Members> BY_NAME =
            Map.ofEntries(
                    // Agroal: the pool behind its interface, and what its lists are made of.
                    Map.entry("io.agroal.pool.DataSource", Members.CONSTRUCTORS),
                    Map.entry("io.agroal.pool.ConnectionHandler[]", Members.NONE),
                    Map.entry("java.sql.Statement[]", Members.NONE),
                    Map.entry("java.sql.ResultSet[]", Members.NONE),
                    // Flyway: where its log goes.
                    Map.entry(
                            FLYWAY + "core.internal.logging.slf4j.Slf4jLogCreator",
                            Members.CONSTRUCTORS),
                    Map.entry(
                            FLYWAY + "core.internal.logging.javautil.JavaUtilLogCreator",
                            Members.CONSTRUCTORS),
                    Map.entry("org.slf4j.Logger", Members.NONE),
                    // picocli: its own options, and how it makes an empty Optional.
                    Map.entry("picocli.CommandLine$AutoHelpMixin", Members.ALL),
                    Map.entry("picocli.CommandLine$HelpCommand", Members.ALL),
                    Map.entry("java.util.Optional", Members.METHODS),
                    Map.entry("java.time.Duration", Members.METHODS),
                    Map.entry("java.time.Instant", Members.METHODS),
                    // The tokenizers throw them from native code.
                    Map.entry("java.lang.RuntimeException", Members.CONSTRUCTORS),
                    Map.entry("java.lang.UnsupportedOperationException", Members.CONSTRUCTORS),
                    Map.entry("ai.djl.engine.EngineException", Members.CONSTRUCTORS));

    /** Also looked up by native code. */
    private static final Set<String> ALSO_BY_NATIVE_CODE =
            Set.of(
                    "java.lang.String",
                    "java.lang.RuntimeException",
                    "java.lang.UnsupportedOperationException",
                    "ai.djl.engine.EngineException");

    /** Files on the class path, as regular expressions. */
    private static final List<String> RESOURCES =
            List.of(
                    "db/migration/.*\\.sql",
                    "reviews/.*\\.gz",
                    "dev/ortune/.*\\.(json|properties)",
                    "bge-small-en-v1\\.5.*",
                    "ai/djl/engine/api\\.properties",
                    "native/lib/tokenizers\\.properties",
                    "org/bytedeco/javacpp/properties/(generic|linux|macosx|windows).*\\.properties",
                    "org/flywaydb/core/internal/version\\.txt");

    private enum Members {
        NONE,
        CONSTRUCTORS,
        METHODS,
        ALL,
        CREATED_BY_NATIVE_CODE
    }

    private final ClassLoader loader = ReachabilityMetadata.class.getClassLoader();
    private final Map<String, Members> reflection = new TreeMap<>(BY_NAME);
    private final Set<String> nativeCode = new TreeSet<>(ALSO_BY_NATIVE_CODE);
    private final List<String> resources = new java.util.ArrayList<>(RESOURCES);

    private ReachabilityMetadata() {}

    /**
     * Writes the files.
     *
     * @param arguments the folder to write them into
     */
    public static void main(String[] arguments) throws IOException {
        ReachabilityMetadata metadata = new ReachabilityMetadata();
        metadata.collect();
        metadata.write(Path.of(arguments[0]));
    }

    private void collect() throws IOException {
        for (String entry :
                System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
            for (String name : classesOf(Path.of(entry))) {
                consider(name);
            }
        }
        for (String service : SERVICES) {
            String file = "META-INF/services/" + service;
            resources.add(file.replace(".", "\\."));
            for (URL url : Collections.list(loader.getResources(file))) {
                providers(url).forEach(name -> reflection.put(name, Members.ALL));
            }
        }
    }

    private static List<String> classesOf(Path entry) throws IOException {
        if (Files.isDirectory(entry)) {
            try (Stream<Path> files = Files.walk(entry)) {
                return classNames(files.map(file -> entry.relativize(file).toString()));
            }
        }
        if (!Files.exists(entry)) {
            return List.of();
        }
        try (JarFile jar = new JarFile(entry.toFile())) {
            return classNames(jar.stream().map(java.util.zip.ZipEntry::getName));
        }
    }

    private static List<String> classNames(Stream<String> files) {
        return files.filter(file -> file.endsWith(".class"))
                .filter(file -> !file.startsWith("META-INF") && !file.endsWith("-info.class"))
                .map(file -> file.substring(0, file.length() - ".class".length()))
                .map(file -> file.replace('/', '.').replace('\\', '.'))
                .toList();
    }

    private void consider(String name) {
        if (name.startsWith(OWN)) {
            Class<?> own = load(name);
            if (isData(own) || isBuiltOn(own, PICOCLI) || isBuiltOn(own, JDBI)) {
                reflection.put(name, Members.ALL);
            } else if (isConverter(own)) {
                reflection.put(name, Members.CONSTRUCTORS);
            }
        } else if (JAVACPP.stream().anyMatch(name::startsWith) && !name.startsWith(JAVACPP_TOOLS)) {
            reflection.put(name, Members.CREATED_BY_NATIVE_CODE);
        } else if (name.startsWith(TOKENIZERS_JNI)) {
            nativeCode.add(name);
        } else if (name.startsWith(PROTOBUF) && isWellKnown(load(name))) {
            // Quarkus knows the types of our own; these are what their fields are of.
            reflection.put(name, Members.METHODS);
        } else if (name.startsWith(FLYWAY) && FLYWAY_SETTINGS.stream().anyMatch(name::contains)) {
            reflection.put(name, Members.ALL);
        } else if (name.startsWith(JDBI)) {
            Class<?> type = load(name);
            if (isJdbi(type, "config.JdbiConfig")) {
                reflection.put(name, Members.CONSTRUCTORS);
            } else if (isJdbi(type, "argument.ArgumentFactory")) {
                // Jdbi looks at the type that they are declared for.
                reflection.put(name, Members.NONE);
            }
        }
    }

    private Class<?> load(String name) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isConverter(Class<?> own) {
        return load(CONVERTER).isAssignableFrom(own);
    }

    /** What Jackson may be given, by whatever path: every record and enum, and all that names it. */
    private static boolean isData(Class<?> own) {
        return own.isRecord() || own.isEnum() || isBuiltOn(own, JACKSON);
    }

    private static boolean isBuiltOn(Class<?> own, String library) {
        return Stream.concat(Stream.ofNullable(own.getSuperclass()), Stream.of(own.getInterfaces()))
                        .anyMatch(type -> type.getName().startsWith(library))
                || Stream.of(
                                Stream.of(own),
                                Stream.of(own.getDeclaredFields()),
                                Stream.of(own.getDeclaredMethods()),
                                Stream.of(own.getDeclaredConstructors()))
                        .<AnnotatedElement>flatMap(element -> element)
                        .flatMap(ReachabilityMetadata::annotations)
                        .anyMatch(
                                annotation ->
                                        annotation.annotationType().getName().startsWith(library));
    }

    private static Stream<Annotation> annotations(AnnotatedElement element) {
        Stream<Annotation> own = Stream.of(element.getDeclaredAnnotations());
        return element instanceof Executable executable
                ? Stream.concat(
                        own, Stream.of(executable.getParameterAnnotations()).flatMap(Stream::of))
                : own;
    }

    /** Whether it is a message or an enumeration that protobuf brings. */
    private static boolean isWellKnown(Class<?> type) {
        return !type.getName().startsWith(PROTOBUF_DESCRIPTORS)
                && (isMessage(type) || isEnumeration(type));
    }

    private static boolean isMessage(Class<?> type) {
        return type.getSuperclass() != null
                && type.getSuperclass().getName().startsWith(PROTOBUF + "GeneratedMessageV3");
    }

    private static boolean isEnumeration(Class<?> type) {
        return Stream.of(type.getInterfaces())
                .anyMatch(face -> face.getName().equals(PROTOBUF + "ProtocolMessageEnum"));
    }

    private boolean isJdbi(Class<?> type, String base) {
        return load(JDBI + base).isAssignableFrom(type) && !type.isInterface();
    }

    private static List<String> providers(URL file) {
        try (InputStream content = file.openStream()) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("reflect-config.json"),
                list(
                        reflection.entrySet().stream()
                                .map(entry -> entry(entry.getKey(), entry.getValue()))));
        Files.writeString(
                folder.resolve("jni-config.json"),
                list(nativeCode.stream().map(name -> entry(name, Members.ALL))));
        Files.writeString(
                folder.resolve("resource-config.json"),
                "{\"resources\": {\"includes\": "
                        + list(
                                resources.stream()
                                        .map(
                                                pattern ->
                                                        "{\"pattern\": \""
                                                                + pattern.replace("\\", "\\\\")
                                                                + "\"}"))
                        + "}}\n");
    }

    private static String list(Stream<String> objects) {
        return objects.collect(Collectors.joining(",\n", "[\n", "\n]\n"));
    }

    private static String entry(String name, Members members) {
        String flags =
                switch (members) {
                    case NONE -> "";
                    case CONSTRUCTORS -> flags("allDeclaredConstructors");
                    case METHODS -> flags("allDeclaredMethods");
                    case CREATED_BY_NATIVE_CODE ->
                            flags("allDeclaredConstructors", "unsafeAllocated");
                    case ALL ->
                            flags(
                                    "allDeclaredConstructors",
                                    "allDeclaredMethods",
                                    "allDeclaredFields");
                };
        return "{\"name\": \"" + name + "\"" + flags + "}";
    }

    private static String flags(String... names) {
        return Stream.of(names)
                .map(name -> ", \"" + name + "\": true")
                .collect(Collectors.joining());
    }
}
