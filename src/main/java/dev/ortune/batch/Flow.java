package dev.ortune.batch;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;

/**
 * Items of one flow, oldest first, and where on its owner's clock the next one may begin. Not
 * thread-safe.
 */
final class Flow<T extends BatchItem> {

    /** Flows of one owner. */
    static final Comparator<Flow<?>> BY_START =
            Comparator.<Flow<?>>comparingDouble(flow -> flow.start)
                    .thenComparingLong(flow -> flow.sequence);

    /** Flows of any owners. */
    static final Comparator<Flow<?>> BY_TURN =
            Comparator.<Flow<?>>comparingDouble(flow -> flow.owner.start())
                    .thenComparingLong(flow -> flow.owner.sequence())
                    .thenComparing(BY_START);

    /**
     * What makes items one flow: a flow's items of another group are another flow, since they never
     * share a batch.
     */
    record Key(Object flow, Object group) {

        static Key of(BatchItem item) {
            return new Key(item.flow(), item.group());
        }
    }

    private final Key key;
    private final Owner owner;
    private final long sequence;
    private final Deque<T> items = new ArrayDeque<>();
    private double start;
    private long tokens;

    /**
     * A flow without items.
     *
     * @param sequence decides between equals
     */
    Flow(Key key, Owner owner, double start, long sequence) {
        this.key = key;
        this.owner = owner;
        this.start = start;
        this.sequence = sequence;
    }

    Key key() {
        return key;
    }

    Owner owner() {
        return owner;
    }

    double start() {
        return start;
    }

    /** Tokens that wait. */
    long tokens() {
        return tokens;
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    T first() {
        return items.getFirst();
    }

    void add(T item) {
        items.addLast(item);
        changeTokens(item.tokens());
    }

    /** Takes an item out, wherever it stands; whether it was there. */
    boolean remove(T item) {
        boolean removed = items.remove(item);
        if (removed) {
            changeTokens(-item.tokens());
        }
        return removed;
    }

    /** So many of its tokens go into a batch. */
    void use(int taken) {
        start += taken;
        owner.use(taken);
    }

    T removeLast() {
        T item = items.removeLast();
        changeTokens(-item.tokens());
        return item;
    }

    private void changeTokens(int difference) {
        tokens += difference;
        owner.changeTokens(difference);
    }
}
