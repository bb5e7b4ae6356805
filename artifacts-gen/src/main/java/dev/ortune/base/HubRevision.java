package dev.ortune.base;

import java.util.Set;

/**
 * A repository at one commit.
 *
 * @param commit 40 hexadecimal digits
 * @param files names in the repository, with {@code /} between folders
 */
record HubRevision(String commit, Set<String> files) {}
