/**
 * Webhooks by the Standard Webhooks specification: who hears of jobs, and how it is told.
 *
 * <p>Called by {@code api}; calls {@code job}, whose changes it listens to.
 */
package dev.ortune.webhook;
