/**
 * Adapters by tenant and name: their versions and aliases, on disk.
 *
 * <p>Called by {@code serve} and {@code api}; calls {@code repository.archive}, {@code access},
 * {@code adapter}, {@code tokenizer} and, in artifacts-gen, {@code base}, {@code export}, {@code
 * checkpoint}, {@code graph} and {@code io}.
 */
package dev.ortune.repository;
