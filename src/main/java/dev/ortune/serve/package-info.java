/**
 * Classifiers that answer: the service, whose models share a base and its batches, and single ones.
 *
 * <p>Called by {@code api} and {@code cli}; calls {@code repository}, {@code batch}, {@code cache},
 * {@code encoder}, {@code adapter}, {@code ort}, {@code tokenizer}, {@code evaluation} and
 * artifacts-gen.
 */
package dev.ortune.serve;
