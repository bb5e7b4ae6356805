/**
 * Classifiers that answer: a base, an adapter and a tokenizer in one session, and the models by name.
 *
 * <p>Called by {@code api.rest}, {@code train} and {@code cli}; calls {@code adapter}, {@code ort},
 * {@code tokenizer}, {@code evaluation} and, in artifacts-gen, {@code base}, {@code export} and
 * {@code graph}.
 */
package dev.ortune.serve;
