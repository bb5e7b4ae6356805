package dev.ortune.bench.scaling;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Consistent hashing: replicas have points on a ring, and a model belongs to the next point. Immutable. */
final class HashRing {

    /** As many as it takes for shares that are alike within a few percent. */
    private static final int POINTS = 1024;

    private static final long MODEL_SALT = 0x6d6f64656cL;

    private final long[] points;
    private final int[] owners;

    HashRing(int replicas) {
        long[] all = new long[replicas * POINTS];
        for (int i = 0; i < all.length; i++) {
            all[i] = hash(i);
        }
        int[] order =
                IntStream.range(0, all.length)
                        .boxed()
                        .sorted(Comparator.comparingLong(i -> all[i]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        points = Arrays.stream(order).mapToLong(i -> all[i]).toArray();
        owners = Arrays.stream(order).map(i -> i / POINTS).toArray();
    }

    /** The replica to which a model belongs. */
    int first(int model) {
        return owners[position(model)];
    }

    /** Where a model's search begins. */
    int position(int model) {
        int found = Arrays.binarySearch(points, hash(model ^ MODEL_SALT));
        return (found < 0 ? -found - 1 : found) % points.length;
    }

    /** The replica of a point; points follow each other round and round. */
    int owner(int position) {
        return owners[position % owners.length];
    }

    private static long hash(long value) {
        return new SplittableRandom(value).nextLong();
    }
}
