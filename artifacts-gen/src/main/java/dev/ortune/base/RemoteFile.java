package dev.ortune.base;

import java.net.URI;
import java.util.OptionalLong;

/**
 * A file that the hub offers.
 *
 * @param name its name in the repository
 * @param address where to get it, on the hub itself
 * @param blob the checksum that its content must have
 * @param sizeBytes its length, where the hub tells it
 */
record RemoteFile(String name, URI address, BlobId blob, OptionalLong sizeBytes) {}
