package dev.ortune.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonMappingException;
import java.util.stream.Collectors;

/** What is wrong with JSON, for people: Jackson's own words name Java classes where it binds values. */
public final class JsonFault {

    private static final String TRAILING = "Trailing token";

    private JsonFault() {}

    /** The reason, as the end of a sentence without its full stop. */
    public static String reason(JsonProcessingException fault) {
        if (fault instanceof JsonEOFException) {
            return "it ends before it is complete";
        }
        if (!(fault instanceof JsonMappingException mapping)) {
            return fault.getOriginalMessage();
        }
        if (mapping.getPath().isEmpty()) {
            return String.valueOf(mapping.getOriginalMessage()).startsWith(TRAILING)
                    ? "something follows where it should end"
                    : "it is not of the form that is expected";
        }
        return mapping.getPath().stream().map(JsonFault::step).collect(Collectors.joining("."))
                + " is not what is expected there";
    }

    private static String step(JsonMappingException.Reference step) {
        return step.getFieldName() == null
                ? Integer.toString(step.getIndex())
                : step.getFieldName();
    }
}
