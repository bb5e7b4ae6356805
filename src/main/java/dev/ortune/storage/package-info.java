/**
 * Files that many processes share, by key: in a folder that all of them see, or in an S3 bucket.
 *
 * <p>Called by {@code repository}, {@code file} and {@code tuning}; calls {@code io}.
 */
package dev.ortune.storage;
