/**
 * The relational database of jobs, files, keys and webhooks: opened, migrated, closed.
 *
 * <p>Called by whoever puts the service together; calls nothing of ours.
 */
package dev.ortune.database;
