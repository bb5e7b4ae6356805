package dev.ortune.bench.race;

import dev.ortune.error.InternalException;
import dev.ortune.error.OrtuneException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Our side of the race, a process of its own: answers requests until its input ends. */
public final class OrtuneWorker {

    private final BufferedReader in;
    private final PrintStream out;

    private OrtuneWorker(BufferedReader in, PrintStream out) {
        this.in = in;
        this.out = out;
    }

    /** Exits with 0 at the end of the input, with 1 after a failure. */
    public static void main(String[] arguments) throws IOException {
        PrintStream replies = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        // Nothing but replies may reach the orchestrator.
        System.setOut(System.err);
        System.exit(
                new OrtuneWorker(
                                new BufferedReader(
                                        new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                                replies)
                        .run());
    }

    private int run() throws IOException {
        try {
            Optional<Request> first = next();
            if (first.isPresent() && first.get() instanceof Request.Start start) {
                try (OrtuneRacer racer = OrtuneRacer.open(start)) {
                    serve(racer);
                }
            }
            return 0;
        } catch (OrtuneException e) {
            reply(new Reply.Failed(e.getMessage(), e.remedy()));
            return 1;
        }
    }

    private void serve(OrtuneRacer racer) throws IOException {
        reply(racer.started());
        for (Optional<Request> request = next(); request.isPresent(); request = next()) {
            if (request.get() instanceof Request.Step step) {
                reply(racer.step(step));
            } else if (request.get() instanceof Request.Finish) {
                reply(racer.finished());
            } else {
                throw new InternalException("The race was started twice.");
            }
        }
    }

    private Optional<Request> next() throws IOException {
        return Optional.ofNullable(in.readLine()).map(ProtocolLine::request);
    }

    private void reply(Reply reply) {
        out.println(ProtocolLine.of(reply));
    }
}
