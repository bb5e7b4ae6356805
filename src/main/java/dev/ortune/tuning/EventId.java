package dev.ortune.tuning;

import dev.ortune.error.InvalidInputException;
import dev.ortune.job.JobEvent;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An event's id: its job's, and its number. */
public final class EventId {

    private static final String JOB = "ftjob-";
    private static final String EVENT = "ftevent-";
    private static final Pattern FORM = Pattern.compile("ftevent-([a-z2-7]+)-([0-9]{1,18})");

    private EventId() {}

    /** The id of an event. */
    public static String of(JobEvent event) {
        return EVENT + event.jobId().substring(JOB.length()) + "-" + event.number();
    }

    /**
     * The number of a job's event.
     *
     * @param field where the id stands
     * @throws InvalidInputException {@code INVALID_REQUEST} for what is no event's id of this job
     */
    public static long number(String id, String jobId, String field) {
        Matcher form = FORM.matcher(id);
        if (!form.matches() || !jobId.equals(JOB + form.group(1))) {
            throw InvalidInputException.ofField(field, "The value is no event's id of this job");
        }
        return Long.parseLong(form.group(2));
    }
}
