/**
 * From a Hugging Face folder to artifacts on disk: weights file, graphs, checkpoint, manifest.
 *
 * <p>Called by {@code train}, {@code cli} and the build step; calls {@code base}, {@code checkpoint},
 * {@code graph}, {@code io} and {@code error}.
 */
package dev.ortune.export;
