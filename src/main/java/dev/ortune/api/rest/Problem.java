package dev.ortune.api.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ortune.error.ErrorCode;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An error as RFC 9457 has it.
 *
 * @param type a URN that names the kind of error, from its code
 * @param title the kind in words
 * @param status the HTTP status
 * @param detail what is wrong with this request
 * @param code the stable name that programs may switch on
 * @param remedy what to try next
 * @param field the field of the request that is at fault, if one is
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String code,
        String remedy,
        @Schema(implementation = String.class) Optional<String> field) {

    /** The media type of problem documents. */
    public static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(int status, ErrorCode code, String detail, String remedy) {
        return named(status, code.name(), detail, remedy, Optional.empty());
    }

    /** The same with the field that is at fault, if one is. */
    Problem at(Optional<String> fault) {
        return new Problem(type, title, status, detail, code, remedy, fault);
    }

    static Problem ofField(String field, String detail, String remedy) {
        return named(
                Response.Status.BAD_REQUEST.getStatusCode(),
                ErrorCode.INVALID_REQUEST.name(),
                detail,
                remedy,
                Optional.of(field));
    }

    /** A problem of HTTP itself, which has no code of ours: the status's own name serves. */
    static Problem ofStatus(Response.StatusType status, String detail, String remedy) {
        String code = status.getReasonPhrase().toUpperCase(Locale.ROOT).replaceAll("[^A-Z]+", "_");
        return named(status.getStatusCode(), code, detail, remedy, Optional.empty());
    }

    private static Problem named(
            int status, String code, String detail, String remedy, Optional<String> field) {
        String words = code.toLowerCase(Locale.ROOT).replace('_', ' ');
        return new Problem(
                "urn:ortune:error:" + words.replace(' ', '-'),
                words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1),
                status,
                detail,
                code,
                remedy,
                field);
    }
}
