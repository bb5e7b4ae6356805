package dev.ortune.bench.serve;

import dev.ortune.bench.serve.load.HttpAnswer;
import dev.ortune.bench.serve.load.LoadClient;
import dev.ortune.bench.serve.load.Work;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Computes batch after batch in its own thread.
 *
 * @param model that computes
 * @param texts taken in turn
 * @param batch texts at a time
 */
record InProcessClient(InProcessModel model, TextSet texts, int batch) implements LoadClient {

    @Override
    public Work ask(long sequence) {
        List<Integer> rows =
                IntStream.range(0, batch)
                        .mapToObj(place -> texts.row(sequence * batch + place))
                        .toList();
        model.compute(rows);
        int tokens = rows.stream().mapToInt(row -> texts.tokens().get(row).length).sum();
        return new Work(HttpAnswer.OK, batch, tokens);
    }

    @Override
    public void close() {}
}
