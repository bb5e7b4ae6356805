/**
 * Archives that strangers send: an adapter's files out of them, and nothing else.
 *
 * <p>Called by {@code repository}; calls only {@code error}.
 */
package dev.ortune.repository.archive;
