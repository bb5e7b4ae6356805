package dev.ortune.bench.serve.load;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongFunction;

/** Asks a server on this machine, over one connection as long as it holds. */
public final class HttpClient implements LoadClient {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final int port;
    private final LongFunction<TextRequest> requests;
    private Optional<KeepAliveConnection> connection = Optional.empty();

    /**
     * A client that is not connected yet.
     *
     * @param requests by sequence; called from the client's thread
     */
    public HttpClient(int port, LongFunction<TextRequest> requests) {
        this.port = port;
        this.requests = requests;
    }

    @Override
    public Work ask(long sequence) {
        TextRequest request = requests.apply(sequence);
        return new Work(status(request.bytes()), 1, request.tokens());
    }

    @Override
    public void close() {
        connection.ifPresent(KeepAliveConnection::close);
        connection = Optional.empty();
    }

    private int status(byte[] request) {
        try {
            if (connection.isEmpty()) {
                connection = Optional.of(KeepAliveConnection.open(port, PATIENCE));
            }
            return connection.get().send(request).status();
        } catch (IOException | RuntimeException e) {
            // What is no HTTP counts as no answer too.
            close();
            return Work.NO_ANSWER;
        }
    }
}
