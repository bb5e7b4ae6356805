package dev.ortune.bench.serve;

import dev.ortune.bench.serve.load.HttpRequest;
import dev.ortune.bench.serve.load.TextRequest;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/** The clients' requests, by their number. */
final class Requests {

    private static final String JSON = "application/json";

    private Requests() {}

    /** Every text for the same adapter; made beforehand. */
    static LongFunction<TextRequest> forOne(Side side, String adapter, TextSet texts) {
        List<TextRequest> requests =
                IntStream.range(0, texts.texts().size())
                        .mapToObj(row -> request(side, adapter, texts, row, texts.body(row)))
                        .toList();
        return sequence -> requests.get(texts.row(sequence));
    }

    /**
     * Every text for an adapter of its own.
     *
     * @param model its name in the service by the request's number
     */
    static LongFunction<TextRequest> forMany(TextSet texts, LongFunction<String> model) {
        List<byte[]> bodies =
                IntStream.range(0, texts.texts().size()).mapToObj(texts::body).toList();
        return sequence -> {
            int row = texts.row(sequence);
            return request(Side.ORTUNE, model.apply(sequence), texts, row, bodies.get(row));
        };
    }

    private static TextRequest request(
            Side side, String adapter, TextSet texts, int row, byte[] body) {
        return new TextRequest(
                HttpRequest.post(side.path(adapter), JSON, body), texts.tokens().get(row).length);
    }
}
