package dev.ortune.base;

/**
 * A file of the bundled base.
 *
 * @param resource its name on the class path
 * @param name its name in the unpacked folder
 * @param sha256 the checksum that its content must have
 */
record BundledFile(String resource, String name, String sha256) {}
