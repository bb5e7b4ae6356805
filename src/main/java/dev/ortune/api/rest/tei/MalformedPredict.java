package dev.ortune.api.rest.tei;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

/** A body that is no request of this protocol; becomes its own answer. */
final class MalformedPredict extends WebApplicationException {

    private static final long serialVersionUID = 1L;

    /** As the protocol's own server answers JSON that is not JSON. */
    static final int NOT_JSON = 400;

    /** As it answers JSON of another form. */
    static final int OTHER_FORM = 422;

    MalformedPredict(int status, String message) {
        super(message, Response.status(status).build());
    }
}
