package dev.ortune.repository;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a publisher asks for.
 *
 * @param model the model, which need not exist yet
 * @param activate whether the model's default moves to the new version; the first version of a
 *     model is its default in any case
 * @param alias a further alias to move to it
 * @param base the base's name, in place of the one that the adapter names
 */
public record Publication(
        ModelName model, boolean activate, Optional<String> alias, Optional<String> base) {

    private static final Pattern ALIAS = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");

    public Publication {
        alias.ifPresent(Publication::requireAlias);
    }

    /** A version that becomes the default, on the base that it names. */
    public static Publication of(ModelName model) {
        return new Publication(model, true, Optional.empty(), Optional.empty());
    }

    /** Refuses what is no alias: one that begins with a digit could be taken for a version. */
    static void requireAlias(String alias) {
        if (!ALIAS.matcher(alias).matches()) {
            throw RepositoryFault.invalid(
                    "The alias is not a name that an alias may have.",
                    "Use up to 64 letters, digits, hyphens and underscores, a letter first.");
        }
    }
}
