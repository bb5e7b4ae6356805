/**
 * The Open Inference Protocol, version 2, over HTTP, with Triton's model repository extension.
 *
 * <p>Called by nobody; calls {@code api.inference}, and {@code api.rest} for what all HTTP shares.
 */
package dev.ortune.api.rest.oip;
