package dev.ortune.audit;

/**
 * An event in the log.
 *
 * @param number later ones have higher ones
 */
public record AuditEntry(long number, AuditEvent event) {}
