/**
 * Access control put together from the configuration, for both protocols.
 *
 * <p>Called by {@code api.rest} and {@code api.grpc}; calls {@code access} and {@code audit}.
 */
package dev.ortune.api.access;
