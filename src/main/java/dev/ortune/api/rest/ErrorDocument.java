package dev.ortune.api.rest;

/**
 * An error ready to be written.
 *
 * @param body an object that becomes JSON
 */
public record ErrorDocument(int status, String mediaType, Object body) {}
