/**
 * What the protocols share: the Open Inference Protocol without its wire, limits, clients, timings.
 *
 * <p>Called by {@code api.rest} and {@code api.grpc}; calls {@code serve} and {@code repository}.
 */
package dev.ortune.api.inference;
