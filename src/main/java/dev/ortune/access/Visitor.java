package dev.ortune.access;

import java.util.Optional;

/**
 * Somebody at the door.
 *
 * @param authorization the header or metadata of that name
 * @param isOnThisMachine whether the request was surely made here, by a program rather than by a page
 *     in a browser or a proxy
 */
public record Visitor(Optional<String> authorization, boolean isOnThisMachine) {}
