package dev.ortune.graph;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which layers of a head come with the adapter; adapters of the same variant share a graph.
 *
 * @param trained names of the layers that were trained whole
 * @param adapted names of the layers with a low-rank update
 */
public record HeadVariant(Set<String> trained, Set<String> adapted) {

    public HeadVariant {
        trained = Set.copyOf(trained);
        adapted = Set.copyOf(adapted);
    }

    /** The variant of an adapter. */
    public static HeadVariant of(ModelStructure structure, AdapterPlan plan) {
        Set<String> trained =
                plan.trainedHead().stream()
                        .map(head -> head.linear().name())
                        .collect(Collectors.toSet());
        Set<String> adapted =
                structure.head().stream()
                        .map(HeadModule::linear)
                        .filter(plan::adapts)
                        .map(LinearModule::name)
                        .collect(Collectors.toCollection(HashSet::new));
        return new HeadVariant(trained, adapted);
    }
}
