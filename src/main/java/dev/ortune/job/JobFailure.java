package dev.ortune.job;

/**
 * Why a job failed.
 *
 * @param code stable, for programs
 * @param message for people
 */
public record JobFailure(String code, String message) {}
