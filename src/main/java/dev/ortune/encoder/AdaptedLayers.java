package dev.ortune.encoder;

import dev.ortune.graph.ClassifierModel;
import dev.ortune.graph.LinearModule;
import dev.ortune.graph.ModelStructure;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which layers of an encoder a batch's graph must be able to change.
 *
 * <p>Layers come by kind ({@code q_lin} of every transformer layer), so that there are few different
 * graphs whatever adapters are served: 6 kinds give 64 at most.
 */
final class AdaptedLayers {

    private static final int ANY_LABEL_COUNT = 2;

    private final Map<String, List<LinearModule>> byKind = new LinkedHashMap<>();

    AdaptedLayers(ClassifierModel model) {
        ModelStructure structure = model.structure(ANY_LABEL_COUNT);
        List<LinearModule> head = structure.head().stream().map(module -> module.linear()).toList();
        for (LinearModule module : structure.linears()) {
            if (!head.contains(module)) {
                byKind.computeIfAbsent(module.kind(), kind -> new java.util.ArrayList<>())
                        .add(module);
            }
        }
    }

    /** Every layer of the kinds that any of the adapters changes. */
    Set<LinearModule> of(Collection<ResidentAdapter> adapters) {
        Set<String> kinds = new LinkedHashSet<>();
        for (ResidentAdapter adapter : adapters) {
            adapter.modules().forEach(module -> kinds.add(module.kind()));
        }
        Set<LinearModule> layers = new LinkedHashSet<>();
        byKind.forEach(
                (kind, modules) -> {
                    if (kinds.contains(kind)) {
                        layers.addAll(modules);
                    }
                });
        return layers;
    }

    /** Every layer that an adapter may change. */
    Set<LinearModule> all() {
        Set<LinearModule> layers = new LinkedHashSet<>();
        byKind.values().forEach(layers::addAll);
        return layers;
    }
}
