/**
 * Adapters on disk: PEFT adapter folders, with a model card and the provenance of those made here.
 *
 * <p>Called by {@code train}, {@code serve} and {@code cli}; calls {@code evaluation}, {@code
 * dataset} and {@code tokenizer} for their records and, in artifacts-gen, {@code graph}, {@code
 * export}, {@code checkpoint} and {@code error}.
 */
package dev.ortune.adapter;
