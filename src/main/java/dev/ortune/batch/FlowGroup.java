package dev.ortune.batch;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/** The waiting flows whose items may share a batch, in the order of their turns. Not thread-safe. */
final class FlowGroup<T extends BatchItem> {

    /** By owner, since an owner's turn changes while its flows wait. */
    private final Map<Owner, PriorityQueue<Flow<T>>> flows = new HashMap<>();

    boolean isEmpty() {
        return flows.isEmpty();
    }

    /** Adds a flow that has items. */
    void add(Flow<T> flow) {
        flows.computeIfAbsent(flow.owner(), owner -> new PriorityQueue<>(Flow.BY_START)).add(flow);
    }

    void remove(Flow<T> flow) {
        PriorityQueue<Flow<T>> own = flows.get(flow.owner());
        own.remove(flow);
        if (own.isEmpty()) {
            flows.remove(flow.owner());
        }
    }

    /** Whose turn it is. */
    Optional<Flow<T>> peek() {
        return flows.values().stream()
                .map(PriorityQueue::peek)
                .min(Comparator.comparing(flow -> flow, Flow.BY_TURN));
    }

    /** Takes out whose turn it is. */
    Optional<Flow<T>> poll() {
        Optional<Flow<T>> next = peek();
        next.ifPresent(this::remove);
        return next;
    }
}
