package dev.ortune.bench.serve.load;

/** Asks one thing after the other. For one thread. */
public interface LoadClient extends AutoCloseable {

    /**
     * Asks once and waits for the answer; never throws for a failure of the other side.
     *
     * @param sequence the number of the request among all clients' requests
     */
    Work ask(long sequence);

    @Override
    void close();
}
