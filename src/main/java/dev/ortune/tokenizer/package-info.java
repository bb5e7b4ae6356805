/**
 * Texts to token ids, equal to those of Hugging Face's Python tokenizers.
 *
 * <p>May be used by the trainer, the command line and the service; calls only {@code
 * dev.ortune.error}. Nothing outside this package sees the native tokenizer library.
 */
package dev.ortune.tokenizer;
