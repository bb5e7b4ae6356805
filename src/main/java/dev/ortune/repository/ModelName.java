package dev.ortune.repository;

import dev.ortune.access.Caller;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * A model's name and the tenant in whose eyes it is a model's: each tenant has names of its own.
 *
 * <p>Its text, which errors repeat to clients, is the name alone; {@link #qualified} is for operators
 * and for folders.
 *
 * @param tenant up to 64 letters, digits, dots, underscores and hyphens, the first a letter or digit
 * @param name as clients say it: up to 128 of the same characters, the first a letter or digit
 */
public record ModelName(String tenant, String name) implements Comparable<ModelName> {

    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final char OWNER_END = '~';
    private static final Comparator<ModelName> ORDER =
            Comparator.comparing(ModelName::name).thenComparing(ModelName::tenant);

    /**
     * Checks a name, which comes from a client.
     *
     * @throws InvalidInputException {@code INVALID_REQUEST}
     * @throws IllegalArgumentException for a tenant that the service should not have let in
     */
    public ModelName {
        if (!TENANT.matcher(tenant).matches()) {
            throw new IllegalArgumentException("no tenant's name: " + tenant);
        }
        ModelReference.require(NAME, name, "model name");
    }

    /**
     * A model of the tenant to whom all belongs that names none: what is older than tenants, and
     * what the configuration names.
     */
    static ModelName ofDefaultTenant(String name) {
        return new ModelName(Caller.DEFAULT_TENANT, name);
    }

    /**
     * Reads what {@link #qualified} wrote.
     *
     * @throws InvalidInputException {@code INVALID_REQUEST} for anything else
     */
    static ModelName ofQualified(String text) {
        int end = text.indexOf(OWNER_END);
        if (end < 0) {
            return ofDefaultTenant(text);
        }
        String tenant = text.substring(0, end);
        if (tenant.equals(Caller.DEFAULT_TENANT) || !TENANT.matcher(tenant).matches()) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_REQUEST,
                    "\"" + text + "\" is no tenant's model.",
                    "Name the folder <tenant>" + OWNER_END + "<model>.");
        }
        return new ModelName(tenant, text.substring(end + 1));
    }

    /**
     * Unique among all tenants': {@code acme~sentiment}; of the default tenant {@code sentiment}. No
     * client's name has a {@value #OWNER_END}.
     */
    public String qualified() {
        return tenant.equals(Caller.DEFAULT_TENANT) ? name : tenant + OWNER_END + name;
    }

    @Override
    public int compareTo(ModelName other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return name;
    }
}
