/**
 * Files written whole or not at all, and their hashes; where native libraries lie.
 *
 * <p>May be used by all; calls only {@code dev.ortune.error}.
 */
package dev.ortune.io;
