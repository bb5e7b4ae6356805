package dev.ortune.tuning;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How jobs are trained.
 *
 * @param jobs the folder of the jobs' own folders
 * @param checkpointSteps optimizer steps between checkpoints
 * @param grace how long a training that is asked to stop may take to save
 */
public record TrainingSettings(Path jobs, int checkpointSteps, Duration grace) {}
