package dev.ortune.batch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Items of many flows in the order of start-time fair queueing (Goyal, Vin and Cheng 1997), twice over:
 * each owner gets an equal share of the tokens while it has work, and of that each of its flows. Nobody
 * gets credit for the time when it had none.
 *
 * <p>Bounded: an item that arrives at a full queue is refused, unless another owner holds more of the
 * queue than the item's own, or another of its own flows more than the item's; then the newest of the
 * largest such flow, the largest owner's first, has to leave.
 *
 * <p>Not thread-safe; {@link MicroBatcher} guards it.
 */
final class FairQueue<T extends BatchItem> {

    private static final Comparator<Flow<?>> BY_SIZE =
            Comparator.<Flow<?>>comparingLong(flow -> flow.owner().tokens())
                    .thenComparingLong(Flow::tokens);

    /** Texts that do not fit are passed over, but no more than this many per batch. */
    private static final int MAX_PASSED_OVER = 32;

    private static final int OWNERS_BEFORE_PRUNING = 1024;

    private final long maxTokens;
    private final Map<Flow.Key, Flow<T>> flows = new HashMap<>();
    private final Map<Object, FlowGroup<T>> groups = new HashMap<>();

    /** Those with work, and those without who have used more than their share. */
    private final Map<Object, Owner> owners = new HashMap<>();

    private final VirtualClock clock = new VirtualClock();
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
            Optional<Flow<T>> largest = largerThanThatOf(items.get(0));
            if (largest.isEmpty()) {
                return false;
            }
            T newest = largest.get().removeLast();
            left(largest.get(), newest);
            shed.add(newest);
        }
        items.forEach(this::add);
        return true;
    }

    /** Takes the next batch; empty only if the queue is. */
    List<T> take(BatchShape shape) {
        List<T> batch = new ArrayList<>();
        Optional<FlowGroup<T>> first = nextGroup();
        if (first.isEmpty()) {
            return batch;
        }
        FlowGroup<T> group = first.get();
        List<Flow<T>> passedOver = new ArrayList<>();
        GrowingBatch growing = shape.start();
        while (!group.isEmpty() && !growing.isFull() && passedOver.size() < MAX_PASSED_OVER) {
            Flow<T> flow = group.poll().orElseThrow();
            T item = flow.first();
            if (!item.isAbandoned() && !growing.add(item)) {
                passedOver.add(flow);
                continue;
            }
            clock.advance(flow.owner().start());
            flow.owner().clock().advance(flow.start());
            flow.remove(item);
            tokens -= item.tokens();
            if (!item.isAbandoned()) {
                batch.add(item);
                flow.use(item.tokens());
            }
            if (flow.isEmpty()) {
                forget(flow);
            } else {
                group.add(flow);
            }
        }
        passedOver.forEach(group::add);
        groups.values().removeIf(FlowGroup::isEmpty);
        return batch;
    }

    /** Takes one item out, wherever it stands. */
    void remove(T item) {
        Flow<T> flow = flows.get(Flow.Key.of(item));
        if (flow != null && flow.remove(item)) {
            left(flow, item);
        }
    }

    /** An item has left its flow, which stands in its group. */
    private void left(Flow<T> flow, T item) {
        tokens -= item.tokens();
        if (flow.isEmpty()) {
            FlowGroup<T> group = groups.get(item.group());
            group.remove(flow);
            groups.values().removeIf(FlowGroup::isEmpty);
            forget(flow);
        }
    }

    private void add(T item) {
        Flow<T> flow = flows.get(Flow.Key.of(item));
        if (flow == null) {
            begin(item);
        } else {
            flow.add(item);
        }
        tokens += item.tokens();
    }

    private void begin(T item) {
        Owner owner = owners.computeIfAbsent(item.owner(), key -> new Owner(sequence++));
        owner.flowCame(clock.now());
        Flow.Key key = Flow.Key.of(item);
        Flow<T> flow = new Flow<>(key, owner, owner.clock().startOf(key), sequence++);
        flow.add(item);
        flows.put(key, flow);
        groups.computeIfAbsent(item.group(), group -> new FlowGroup<>()).add(flow);
    }

    private Optional<FlowGroup<T>> nextGroup() {
        return groups.values().stream()
                .min(Comparator.comparing(group -> group.peek().orElseThrow(), Flow.BY_TURN));
    }

    private Optional<Flow<T>> largerThanThatOf(T item) {
        Optional<Owner> owner = Optional.ofNullable(owners.get(item.owner()));
        long ownersTokens = owner.map(Owner::tokens).orElse(0L);
        long flowsTokens =
                Optional.ofNullable(flows.get(Flow.Key.of(item))).map(Flow::tokens).orElse(0L);
        return flows.values().stream()
                .filter(
                        flow ->
                                owner.filter(flow.owner()::equals).isPresent()
                                        ? flow.tokens() > flowsTokens
                                        : flow.owner().tokens() > ownersTokens)
                .max(BY_SIZE);
    }

    private void forget(Flow<T> flow) {
        flows.remove(flow.key());
        Owner owner = flow.owner();
        owner.clock().leave(flow.key(), flow.start());
        owner.flowWent();
        if (owner.isIdle() && owners.size() >= OWNERS_BEFORE_PRUNING) {
            owners.values().removeIf(other -> other.isIdle() && other.start() <= clock.now());
        }
    }
}
