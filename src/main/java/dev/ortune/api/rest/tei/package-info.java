/**
 * Classification in the shape of Hugging Face's text-embeddings-inference, for its clients.
 *
 * <p>Called by nobody; calls {@code api.inference}, {@code serve}, and {@code api.rest} for what all
 * HTTP shares.
 */
package dev.ortune.api.rest.tei;
