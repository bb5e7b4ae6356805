package dev.ortune.api.rest;

import com.fasterxml.jackson.databind.JsonMappingException;

/** A field of a request, written as in {@code texts[3]}. */
final class RequestField {

    private RequestField() {}

    /** Where a JSON value stood; empty for the body itself. */
    static String of(JsonMappingException fault) {
        StringBuilder field = new StringBuilder();
        for (JsonMappingException.Reference part : fault.getPath()) {
            if (part.getFieldName() == null) {
                field.append('[').append(part.getIndex()).append(']');
            } else {
                field.append(field.isEmpty() ? "" : ".").append(part.getFieldName());
            }
        }
        return field.toString();
    }
}
