package dev.ortune.deploy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.runtime.shutdown.ShutdownConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;
import io.smallrye.config.WithParentName;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names in the environment that the service takes, by its own configuration and Quarkus's. */
final class Settings {

    /** Read by others than the configuration: the S3 client. */
    private static final Set<String> FOREIGN = Set.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY");

    private final Set<String> names = new TreeSet<>();

    private Settings() {
        names.addAll(FOREIGN);
    }

    /** All of them. */
    static Set<String> names() {
        Settings settings = new Settings();
        Stream<Class<?>> own =
                new ClassFileImporter()
                                .withImportOption(new ImportOption.DoNotIncludeTests())
                                .importPackages("dev.ortune")
                                .stream()
                                .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
                                .map(JavaClass::reflect);
        Stream.concat(own, Stream.of(ShutdownConfig.class))
                .forEach(
                        type ->
                                settings.add(
                                        type.getAnnotation(ConfigMapping.class).prefix(), type));
        return settings.names.stream()
                .map(Settings::environmentName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void add(String prefix, Class<?> group) {
        for (Method property : group.getMethods()) {
            if (!Modifier.isAbstract(property.getModifiers())) {
                continue;
            }
            Class<?> type = property.getReturnType();
            String name =
                    property.isAnnotationPresent(WithParentName.class)
                            ? prefix
                            : prefix + "." + name(property);
            if (type.isInterface() && type.getEnclosingClass() == group) {
                add(name, type);
            } else if (!Map.class.equals(type)) {
                names.add(name);
            }
        }
    }

    private static String name(Method property) {
        WithName given = property.getAnnotation(WithName.class);
        return given != null
                ? given.value()
                : property.getName()
                        .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                        .toLowerCase(Locale.ROOT);
    }

    private static String environmentName(String property) {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
