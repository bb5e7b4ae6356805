/**
 * Fine-tuning jobs: their life cycle, their events, and who works on them, in a relational database.
 *
 * <p>Called by {@code api} and {@code webhook}; calls nothing: what a job trains is text
 * to it, and how, a task.
 */
package dev.ortune.job;
