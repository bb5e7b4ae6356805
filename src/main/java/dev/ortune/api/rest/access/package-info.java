/**
 * Keys, quotas and the audit log over HTTP.
 *
 * <p>Called by nobody; calls {@code api.rest}, {@code access} and {@code audit}. Resources run on
 * worker threads.
 */
package dev.ortune.api.rest.access;
