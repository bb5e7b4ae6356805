package dev.ortune.repository;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Tenants' models in memory, and who hears of what becomes of them. Thread-safe; updates of one model
 * are the caller's to serialise.
 */
final class ModelIndex {

    private static final Logger LOG = Logger.getLogger(ModelIndex.class);

    private final ConcurrentMap<ModelName, PublishedModel> models;
    private final List<RepositoryListener> listeners = new CopyOnWriteArrayList<>();

    ModelIndex(Map<ModelName, PublishedModel> models) {
        this.models = new ConcurrentHashMap<>(models);
    }

    void listen(RepositoryListener listener) {
        listeners.add(listener);
    }

    Stream<PublishedModel> models() {
        return models.values().stream();
    }

    Optional<PublishedModel> find(ModelName name) {
        return Optional.ofNullable(models.get(name));
    }

    /** Makes a model what it has become, and tells of the difference. */
    void update(ModelName name, Optional<PublishedModel> after) {
        Optional<PublishedModel> before = find(name);
        after.ifPresentOrElse(model -> models.put(name, model), () -> models.remove(name));
        more(before, after).forEach(version -> tell(listener -> listener.published(version)));
        more(after, before).forEach(version -> tell(listener -> listener.deleted(version)));
        after.ifPresent(model -> tellMoves(before, model));
    }

    /** The versions that one state of a model has and another has not. */
    private static List<PublishedVersion> more(
            Optional<PublishedModel> without, Optional<PublishedModel> with) {
        Set<String> there =
                without.stream()
                        .flatMap(model -> model.versions().stream())
                        .map(PublishedVersion::id)
                        .collect(Collectors.toSet());
        return with.stream()
                .flatMap(model -> model.versions().stream())
                .filter(version -> !there.contains(version.id()))
                .toList();
    }

    private void tellMoves(Optional<PublishedModel> before, PublishedModel after) {
        Map<String, Integer> earlier =
                before.map(PublishedModel::aliasVersions).orElseGet(TreeMap::new);
        after.aliasVersions()
                .forEach(
                        (alias, number) -> {
                            if (!number.equals(earlier.get(alias))) {
                                PublishedVersion target = after.version(number).orElseThrow();
                                tell(listener -> listener.aliasMoved(alias, target));
                            }
                        });
    }

    /** Tells all listeners; what one throws is logged. */
    void tell(Consumer<RepositoryListener> event) {
        for (RepositoryListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException e) {
                LOG.error("A listener of the repository failed", e);
            }
        }
    }
}
