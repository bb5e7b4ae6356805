package dev.ortune.repository;

import dev.ortune.error.InvalidInputException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a model becomes by a change: a model in, a model out; nothing is written. */
final class ModelChanges {

    private static final int MAX_ALIASES = 64;

    private ModelChanges() {}

    /**
     * With another version.
     *
     * @param activate whether the default moves to it; a first version always is the default
     * @param alias a further alias that moves to it
     */
    static PublishedModel published(
            ModelName name,
            Optional<PublishedModel> before,
            PublishedVersion version,
            boolean activate,
            Optional<String> alias) {
        List<PublishedVersion> versions = new ArrayList<>();
        Map<String, AliasHistory> aliases = new HashMap<>();
        before.ifPresent(
                model -> {
                    versions.addAll(model.versions());
                    aliases.putAll(model.aliases());
                });
        versions.add(version);
        Instant now = version.record().published();
        if (activate || before.isEmpty()) {
            move(aliases, PublishedModel.DEFAULT, version.number(), now);
        }
        alias.ifPresent(wanted -> move(aliases, wanted, version.number(), now));
        return new PublishedModel(name, false, version.number() + 1, versions, aliases);
    }

    static PublishedModel aliasMoved(PublishedModel model, String alias, int version) {
        Map<String, AliasHistory> aliases = new HashMap<>(model.aliases());
        move(aliases, alias, version, Instant.now());
        return with(model, model.versions(), aliases);
    }

    /**
     * With an alias one step back.
     *
     * @throws InvalidInputException {@code ALIAS_NOT_FOUND}, {@code VERSION_NOT_FOUND} when there is
     *     no step
     */
    static PublishedModel rolledBack(PublishedModel model, String alias) {
        Map<String, AliasHistory> aliases = new HashMap<>(model.aliases());
        AliasHistory earlier =
                history(model, alias)
                        .rolledBack()
                        .orElseThrow(() -> RepositoryFault.nothingBefore(model.name(), alias));
        aliases.put(alias, earlier);
        return with(model, model.versions(), aliases);
    }

    /**
     * Without an alias.
     *
     * @throws InvalidInputException {@code ALIAS_NOT_FOUND}; {@code INVALID_REQUEST} for the default
     */
    static PublishedModel withoutAlias(PublishedModel model, String alias) {
        history(model, alias);
        if (alias.equals(PublishedModel.DEFAULT)) {
            throw RepositoryFault.invalid(
                    "Every model has the alias \"default\".",
                    "Point it to another version, or delete the model.");
        }
        Map<String, AliasHistory> aliases = new HashMap<>(model.aliases());
        aliases.remove(alias);
        return with(model, model.versions(), aliases);
    }

    /**
     * Without a version: a default that pointed there goes back to where it pointed before, or else
     * to the greatest that is left.
     *
     * @throws InvalidInputException {@code VERSION_IN_USE} when another alias points to it or it is
     *     the only one
     */
    static PublishedModel withoutVersion(PublishedModel model, PublishedVersion version) {
        int number = version.number();
        List<String> others =
                model.aliasesOf(number).stream()
                        .filter(alias -> !alias.equals(PublishedModel.DEFAULT))
                        .toList();
        if (!others.isEmpty()) {
            throw RepositoryFault.inUse(
                    number,
                    "the alias \"" + others.get(0) + "\" points to it",
                    "Move or delete the alias first.");
        }
        List<PublishedVersion> rest =
                model.versions().stream().filter(other -> other.number() != number).toList();
        if (rest.isEmpty()) {
            throw RepositoryFault.inUse(
                    number,
                    "it is the model's only one",
                    "Delete the model, or publish another version first.");
        }
        int greatest = rest.get(rest.size() - 1).number();
        Map<String, AliasHistory> aliases = new HashMap<>();
        model.aliases()
                .forEach(
                        (alias, history) ->
                                aliases.put(
                                        alias,
                                        history.without(number)
                                                .orElseGet(
                                                        () ->
                                                                AliasHistory.of(
                                                                        greatest, Instant.now()))));
        return with(model, rest, aliases);
    }

    private static AliasHistory history(PublishedModel model, String alias) {
        return Optional.ofNullable(model.aliases().get(alias))
                .orElseThrow(() -> RepositoryFault.aliasNotFound(model.name(), alias));
    }

    private static void move(
            Map<String, AliasHistory> aliases, String alias, int version, Instant now) {
        AliasHistory history = aliases.get(alias);
        if (history == null && aliases.size() >= MAX_ALIASES) {
            throw RepositoryFault.invalid(
                    "The model has " + MAX_ALIASES + " aliases, which is the most.",
                    "Delete one that is not needed.");
        }
        aliases.put(
                alias,
                history == null ? AliasHistory.of(version, now) : history.movedTo(version, now));
    }

    private static PublishedModel with(
            PublishedModel model,
            List<PublishedVersion> versions,
            Map<String, AliasHistory> aliases) {
        return new PublishedModel(
                model.name(), model.readOnly(), model.nextVersion(), versions, aliases);
    }
}
