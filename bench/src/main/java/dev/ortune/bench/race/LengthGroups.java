package dev.ortune.bench.race;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * An epoch's order under Trainer's {@code group_by_length} (huggingface/transformers, {@code
 * trainer_pt_utils.py}, {@code get_length_grouped_indices}): a random order in chunks of up to 50
 * batches, each sorted with the longest text first, the longest of all in the very first place.
 */
final class LengthGroups {

    private static final int MOST_BATCHES_PER_CHUNK = 50;
    private static final int LEAST_CHUNKS = 4;

    private LengthGroups() {}

    /**
     * Indices of the texts in the order in which batches take them.
     *
     * @param lengths each text's, at least one
     */
    static List<Integer> order(List<Integer> lengths, int batchSize, Random random) {
        List<Integer> shuffled =
                new ArrayList<>(IntStream.range(0, lengths.size()).boxed().toList());
        Collections.shuffle(shuffled, random);
        int batches = Math.min(lengths.size() / (batchSize * LEAST_CHUNKS), MOST_BATCHES_PER_CHUNK);
        int chunkSize = Math.max(batches, 1) * batchSize;
        Comparator<Integer> longestFirst =
                Comparator.comparing((Integer index) -> lengths.get(index)).reversed();
        int longestAt = 0;
        for (int start = 0; start < shuffled.size(); start += chunkSize) {
            int end = Math.min(start + chunkSize, shuffled.size());
            shuffled.subList(start, end).sort(longestFirst);
            if (lengths.get(shuffled.get(start)) > lengths.get(shuffled.get(longestAt))) {
                longestAt = start;
            }
        }
        Collections.swap(shuffled, 0, longestAt);
        return shuffled;
    }
}
