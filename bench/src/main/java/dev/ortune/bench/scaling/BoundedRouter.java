package dev.ortune.bench.scaling;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Consistent hashing with bounded loads: of the last requests a replica gets no more than its share times
 * a bound; what is more goes to the next replica on the ring.
 */
final class BoundedRouter implements Router {

    /** Recent requests per replica; what a proxy counts are those under way. */
    private static final int RECENT = 64;

    private final HashRing ring;
    private final int window;
    private final int limit;
    private final Queue<Integer> recent = new ArrayDeque<>();
    private final int[] load;

    /**
     * A router.
     *
     * @param bound above 1
     */
    BoundedRouter(HashRing ring, int replicas, double bound) {
        this.ring = ring;
        this.window = RECENT * replicas;
        this.limit = (int) Math.ceil(RECENT * bound);
        this.load = new int[replicas];
    }

    @Override
    public int replica(int model) {
        if (recent.size() == window) {
            load[recent.remove()]--;
        }
        int position = ring.position(model);
        // One is below the limit, since all together are below the window.
        while (load[ring.owner(position)] >= limit) {
            position++;
        }
        int chosen = ring.owner(position);
        load[chosen]++;
        recent.add(chosen);
        return chosen;
    }
}
