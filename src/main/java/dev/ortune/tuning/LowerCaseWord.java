package dev.ortune.tuning;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;
import java.util.Locale;

/** Choices as requests spell them. */
final class LowerCaseWord extends JsonSerializer<Enum<?>> {

    @Override
    public void serialize(Enum<?> value, JsonGenerator out, SerializerProvider provider)
            throws IOException {
        out.writeString(value.name().toLowerCase(Locale.ROOT));
    }
}
