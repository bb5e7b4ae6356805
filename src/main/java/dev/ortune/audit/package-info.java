/**
 * Who changed what, and when: written beside the requests, kept in the database and the log.
 *
 * <p>Called by {@code api}; calls nothing.
 */
package dev.ortune.audit;
