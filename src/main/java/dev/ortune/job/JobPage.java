package dev.ortune.job;

import java.util.List;

/**
 * Part of a list.
 *
 * @param jobs newest first
 * @param hasMore whether there are older ones
 */
public record JobPage(List<Job> jobs, boolean hasMore) {
    public JobPage {
        jobs = List.copyOf(jobs);
    }
}
