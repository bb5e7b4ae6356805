package dev.ortune.api.rest;

import dev.ortune.access.Caller;
import dev.ortune.repository.ModelName;
import jakarta.enterprise.context.RequestScoped;

/** Who sent the request under way. */
@RequestScoped
public class HttpCaller {

    private Caller caller = Caller.local();

    /** Whoever it is. */
    public Caller get() {
        return caller;
    }

    /** Whose models they see. */
    public String tenant() {
        return caller.tenant();
    }

    /**
     * The model that they call by a name.
     *
     * @throws dev.ortune.error.InvalidInputException {@code INVALID_REQUEST}
     */
    ModelName model(String name) {
        return new ModelName(tenant(), name);
    }

    /** Tells who it is, before the resource runs. */
    public void set(Caller known) {
        this.caller = known;
    }
}
