package dev.ortune.bench.jobs;

import dev.ortune.bench.tool.Finding;
import java.util.List;

/** Jobs that were disturbed, beside the same ones undisturbed. */
final class Sameness {

    private Sameness() {}

    /** Reports whether all succeeded, once each, with the same numbers and the same weights. */
    static void report(
            String name,
            List<JobTrace> undisturbed,
            List<JobTrace> disturbed,
            JobsWorkshop workshop,
            JobsReport report) {
        int failures = 0;
        int differences = 0;
        for (int job = 0; job < undisturbed.size(); job++) {
            JobTrace trace = disturbed.get(job);
            List<String> found = trace.numbers().differences(undisturbed.get(job).numbers());
            boolean once =
                    undisturbed.get(job).succeeded() && trace.succeeded() && trace.successes() == 1;
            failures += once ? 0 : 1;
            differences += found.isEmpty() ? 0 : 1;
            workshop.notice(
                    "  "
                            + trace.status()
                            + (trace.succeeded() ? "" : " " + trace.error())
                            + (found.isEmpty() ? "" : " DIFFERENT: " + found)
                            + (trace.warnings().isEmpty() ? "" : " " + trace.warnings()));
        }
        report.add(Finding.fact(name + ": jobs", disturbed.size(), ""));
        report.add(
                Finding.fact(
                        name + ": steps of each", undisturbed.get(0).numbers().steps().size(), ""));
        report.add(Finding.atMost(name + ": jobs not succeeded exactly once", failures, "", 0));
        report.add(Finding.atMost(name + ": jobs that end otherwise", differences, "", 0));
    }
}
