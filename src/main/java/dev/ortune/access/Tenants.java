package dev.ortune.access;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.util.regex.Pattern;

/** How tenants are named: up to 63 small letters, digits and hyphens, no hyphen first. */
public final class Tenants {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private Tenants() {}

    /** Whether a tenant may be called so. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /**
     * The name itself.
     *
     * @throws InvalidInputException {@code INVALID_REQUEST}
     */
    public static String require(String name) {
        if (!isName(name)) {
            throw InvalidInputException.ofField(
                    ErrorCode.INVALID_REQUEST,
                    "tenant",
                    "\"" + name + "\" is no name of a tenant",
                    "Use up to 63 small letters, digits and hyphens, the first no hyphen.");
        }
        return name;
    }
}
