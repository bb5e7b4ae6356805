package dev.ortune.dataset.check;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How bad a finding is. */
public enum Severity {
    /** No run can begin with it. */
    @JsonProperty("error")
    ERROR,
    /** A run can begin, but its result may not be what it seems. */
    @JsonProperty("warning")
    WARNING
}
