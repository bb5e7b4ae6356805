package dev.ortune.serve;

import dev.ortune.configuration.PositiveNumber;
import dev.ortune.configuration.WholeNumber;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What the service serves and how much a request may ask; checked at start. */
@ConfigMapping(prefix = "ortune")
public interface ServeConfiguration {

    /**
     * Adapter folders by model name: {@code ortune.models.<name>=<folder>}, in the environment
     * {@code ORTUNE_MODELS_<NAME>}.
     */
    Map<String, Path> models();

    /**
     * A folder of adapter folders: each that has an {@code adapter_config.json} is a model of the
     * folder's name. Environment: {@code ORTUNE_MODEL_DIRECTORY}.
     */
    Optional<Path> modelDirectory();

    /** The base of every model (a name or a folder), in place of what the adapters name. */
    Optional<String> base();

    /** The folder of prepared bases; {@code ORTUNE_HOME}, else the user's cache folder. */
    Optional<Path> home();

    /** Threads that compute, all models together; as many as there are processors by default. */
    OptionalInt threads();

    /**
     * What computes: {@code auto}, {@code cpu}, {@code cuda} or {@code coreml}. Environment: {@code
     * ORTUNE_DEVICE}.
     */
    @WithDefault("auto")
    String device();

    /**
     * How the bases' frozen layers compute: {@code float32}, or {@code int8}, faster and less
     * exact (docs/performance.md). Environment: {@code ORTUNE_PRECISION}.
     */
    @WithDefault("float32")
    String precision();

    /**
     * Whether the service ends as soon as it is ready, as {@code ortune serve --until-ready} does.
     * Environment: {@code ORTUNE_UNTIL_READY}.
     */
    @WithDefault("false")
    boolean untilReady();

    /** The most texts that one request may hold. */
    @WithDefault("256")
    @WithConverter(Texts.class)
    int maxTextsPerRequest();

    /** The longest text in UTF-16 code units; what is past a model's tokens is cut anyway. */
    @WithDefault("100000")
    @WithConverter(PositiveNumber.class)
    int maxTextCharacters();

    /**
     * The longest that a request may take; then it gets {@code DEADLINE_EXCEEDED}. Environment:
     * {@code ORTUNE_REQUEST_TIMEOUT}.
     */
    @WithDefault("PT30S")
    Duration requestTimeout();

    /**
     * The model of protocols that name none (text-embeddings-inference's): {@code name} or {@code
     * name@version}; without it, the only model that there is. Environment: {@code
     * ORTUNE_DEFAULT_MODEL}.
     */
    Optional<String> defaultModel();

    /** From 1 to 100,000. */
    final class Texts extends WholeNumber {

        /** Found by SmallRye Config. */
        public Texts() {
            super(1, 100_000);
        }
    }
}
