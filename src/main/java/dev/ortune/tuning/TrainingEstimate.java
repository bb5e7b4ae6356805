package dev.ortune.tuning;

/**
 * What a job will take.
 *
 * @param totalSteps optimizer steps, unless it stops early
 * @param trainedTokens in all of them
 * @param memoryBytes of its process at its height
 */
public record TrainingEstimate(int totalSteps, long trainedTokens, long memoryBytes) {}
