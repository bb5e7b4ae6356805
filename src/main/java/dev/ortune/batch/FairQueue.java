package dev.ortune.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Items of many flows in the order of start-time fair queueing (Goyal, Vin and Cheng 1997): each flow
 * gets an equal share of the tokens while it has work, and no credit for the time when it had none.
 *
 * <p>Bounded: an item that arrives at a full queue is refused, unless another flow holds more of the
 * queue than the item's own; then the newest of the largest flow has to leave.
 *
 * <p>Not thread-safe; {@link MicroBatcher} guards it.
 */
final class FairQueue<T extends BatchItem> {

    private static final Comparator<Flow<?>> BY_START =
            Comparator.<Flow<?>>comparingDouble(flow -> flow.start)
                    .thenComparingLong(flow -> flow.sequence);

    /** Texts that do not fit are passed over, but no more than this many per batch. */
    private static final int MAX_PASSED_OVER = 32;

    private static final int FINISHES_BEFORE_PRUNING = 1024;

    private final long maxTokens;
    private final Map<Object, Flow<T>> flows = new HashMap<>();
    private final Map<Object, PriorityQueue<Flow<T>>> groups = new HashMap<>();

    /** Where flows that ran empty may go on, as long as that lies in the future. */
    private final Map<Object, Double> finishes = new HashMap<>();

    private double virtualTime;
    private long sequence;
    private long tokens;

    /**
     * An empty queue.
     *
     * @param maxTokens it is full once it holds so many
     */
    FairQueue(long maxTokens) {
        this.maxTokens = maxTokens;
    }

    /** Tokens that wait. */
    long tokens() {
        return tokens;
    }

    boolean isEmpty() {
        return flows.isEmpty();
    }

    /**
     * Adds items that belong together, all or none.
     *
     * @param shed receives those of other flows that had to leave
     * @return whether there was room
     */
    boolean offer(List<T> items, List<T> shed) {
        while (tokens >= maxTokens) {
            Optional<Flow<T>> largest = largerThan(flows.get(items.get(0).flow()));
            if (largest.isEmpty()) {
                return false;
            }
            shed.add(removeNewest(largest.get()));
        }
        items.forEach(this::add);
        return true;
    }

    /** Takes the next batch; empty only if the queue is. */
    List<T> take(BatchShape shape) {
        List<T> batch = new ArrayList<>();
        Optional<PriorityQueue<Flow<T>>> first = nextGroup();
        if (first.isEmpty()) {
            return batch;
        }
        PriorityQueue<Flow<T>> group = first.get();
        List<Flow<T>> passedOver = new ArrayList<>();
        GrowingBatch growing = shape.start();
        while (!group.isEmpty() && !growing.isFull() && passedOver.size() < MAX_PASSED_OVER) {
            Flow<T> flow = group.poll();
            T item = flow.items.getFirst();
            if (!item.isAbandoned() && !growing.add(item)) {
                passedOver.add(flow);
                continue;
            }
            virtualTime = Math.max(virtualTime, flow.start);
            flow.items.removeFirst();
            tokens -= item.tokens();
            flow.tokens -= item.tokens();
            if (!item.isAbandoned()) {
                batch.add(item);
                flow.start += item.tokens();
            }
            keepOrForget(flow, group);
        }
        group.addAll(passedOver);
        forgetIfEmpty(group);
        return batch;
    }

    /** Takes one item out, wherever it stands. */
    void remove(T item) {
        Flow<T> flow = flows.get(item.flow());
        if (flow == null || !flow.items.remove(item)) {
            return;
        }
        tokens -= item.tokens();
        flow.tokens -= item.tokens();
        if (flow.items.isEmpty()) {
            forget(flow);
        }
    }

    private void add(T item) {
        Flow<T> flow = flows.get(item.flow());
        if (flow == null) {
            double finish = Optional.ofNullable(finishes.remove(item.flow())).orElse(0.0);
            flow = new Flow<>(item.flow(), item.group(), Math.max(virtualTime, finish), sequence++);
            flows.put(item.flow(), flow);
            flow.items.addLast(item);
            groups.computeIfAbsent(item.group(), key -> new PriorityQueue<>(BY_START)).add(flow);
        } else {
            flow.items.addLast(item);
        }
        flow.tokens += item.tokens();
        tokens += item.tokens();
    }

    private Optional<PriorityQueue<Flow<T>>> nextGroup() {
        return groups.values().stream().min(Comparator.comparing(PriorityQueue::peek, BY_START));
    }

    private Optional<Flow<T>> largerThan(Flow<T> own) {
        long ownTokens = own == null ? 0 : own.tokens;
        return flows.values().stream()
                .filter(flow -> flow.tokens > ownTokens)
                .max(Comparator.comparingLong(flow -> flow.tokens));
    }

    private T removeNewest(Flow<T> flow) {
        T item = flow.items.removeLast();
        tokens -= item.tokens();
        flow.tokens -= item.tokens();
        if (flow.items.isEmpty()) {
            forget(flow);
        }
        return item;
    }

    private void keepOrForget(Flow<T> flow, PriorityQueue<Flow<T>> group) {
        if (flow.items.isEmpty()) {
            flows.remove(flow.key);
            rememberFinish(flow);
        } else {
            group.add(flow);
        }
    }

    private void forget(Flow<T> flow) {
        flows.remove(flow.key);
        rememberFinish(flow);
        PriorityQueue<Flow<T>> group = groups.get(flow.group);
        group.remove(flow);
        forgetIfEmpty(group);
    }

    private void rememberFinish(Flow<T> flow) {
        if (finishes.size() >= FINISHES_BEFORE_PRUNING) {
            finishes.values().removeIf(finish -> finish <= virtualTime);
        }
        finishes.put(flow.key, flow.start);
    }

    private void forgetIfEmpty(PriorityQueue<Flow<T>> group) {
        if (group.isEmpty()) {
            groups.values().remove(group);
        }
    }

    /** One flow's items, oldest first, and the virtual time at which its next one may start. */
    private static final class Flow<T> {
        private final Object key;
        private final Object group;
        private final long sequence;
        private final Deque<T> items = new ArrayDeque<>();
        private double start;
        private long tokens;

        private Flow(Object key, Object group, double start, long sequence) {
            this.key = key;
            this.group = group;
            this.start = start;
            this.sequence = sequence;
        }
    }
}
