package dev.ortune.database;

import java.sql.Types;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;

/**
 * Texts as statements have them. PostgreSQL refuses a statement whose text has the character 0, even one
 * that only looks for it: Unicode's replacement character goes in its place, on every database, so that
 * such a name is not found and such a message is kept.
 */
final class StorableTexts extends AbstractArgumentFactory<String> {

    private static final char REPLACEMENT = '\ufffd';

    StorableTexts() {
        super(Types.VARCHAR);
    }

    @Override
    protected Argument build(String value, ConfigRegistry config) {
        String storable = value.replace('\0', REPLACEMENT);
        return (position, statement, context) -> statement.setString(position, storable);
    }
}
