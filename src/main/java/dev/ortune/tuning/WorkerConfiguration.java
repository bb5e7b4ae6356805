package dev.ortune.tuning;

import dev.ortune.configuration.PositiveNumber;
import dev.ortune.configuration.WholeNumber;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** How fine-tuning jobs are worked on; checked at start. Environment: {@code ORTUNE_WORKER_...}. */
@ConfigMapping(prefix = "ortune.worker")
public interface WorkerConfiguration {

    /** Whether this process trains; without it, it only takes jobs in. */
    @WithDefault("true")
    boolean enabled();

    /** Threads that compute in each training; half of the processors by default. */
    OptionalInt threads();

    /** Jobs that are trained at the same time; as many as processors allow by default. */
    OptionalInt slots();

    /** Memory for all trainings together; half of the machine's or container's by default. */
    Optional<MemorySize> memory();

    /** The Java heap of a training. */
    @WithDefault("512m")
    String heap();

    /** How far training stands back behind serving, 0 to 19, where the system knows {@code nice}. */
    @WithDefault("10")
    @WithConverter(Niceness.class)
    int niceness();

    /** Optimizer steps between checkpoints, beside the ends of epochs. */
    @WithDefault("50")
    @WithConverter(PositiveNumber.class)
    int checkpointSteps();

    /** How long a worker may be silent before another one takes its jobs. */
    @WithDefault("PT30S")
    Duration lease();

    /** How often a worker proves that it lives; a fraction of the lease. */
    @WithDefault("PT5S")
    Duration heartbeat();

    /** How often a worker that has nothing to do asks for work. */
    @WithDefault("PT0.5S")
    Duration poll();

    /** How long a training that is asked to stop may take to save. */
    @WithDefault("PT20S")
    Duration grace();

    /** Jobs of one tenant that are trained at the same time, on all workers. */
    @WithDefault("100")
    @WithConverter(PositiveNumber.class)
    int maxRunningPerTenant();

    /** A job fails once so many workers were lost with it since its last checkpoint. */
    @WithDefault("3")
    @WithConverter(PositiveNumber.class)
    int maxDeaths();

    /** From 0 to 19. */
    final class Niceness extends WholeNumber {

        /** Found by SmallRye Config. */
        public Niceness() {
            super(0, 19);
        }
    }
}
