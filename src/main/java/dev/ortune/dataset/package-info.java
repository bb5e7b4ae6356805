/**
 * Labelled texts: reads CSV, TSV, JSON Lines and JSON files and turns label names into class indices.
 *
 * <p>May be used by the trainer, the command line and the service; calls only {@code
 * dev.ortune.error} and {@code dev.ortune.io}.
 */
package dev.ortune.dataset;
