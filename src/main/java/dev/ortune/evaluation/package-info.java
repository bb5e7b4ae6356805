/**
 * How good a classifier's answers are: probabilities from logits, and the metrics of scikit-learn.
 *
 * <p>May be used by the trainer, the command line and the service; calls only {@code
 * dev.ortune.dataset} and {@code dev.ortune.error}.
 */
package dev.ortune.evaluation;
