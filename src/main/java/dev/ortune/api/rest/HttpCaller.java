package dev.ortune.api.rest;

import dev.ortune.access.Caller;
import jakarta.enterprise.context.RequestScoped;

/** Who sent the request under way. */
@RequestScoped
public class HttpCaller {

    private Caller caller = Caller.local();

    /** Whoever it is. */
    public Caller get() {
        return caller;
    }

    /** Tells who it is, before the resource runs. */
    public void set(Caller known) {
        this.caller = known;
    }
}
