/**
 * What operators see of the process as a whole: how long requests take, memory, disk, readiness, webhooks.
 *
 * <p>Called by nobody; calls {@code webhook} for its counts, {@code cache} to ask for them seldom, and
 * {@code base} for the folder that fills up.
 */
package dev.ortune.api.telemetry;
