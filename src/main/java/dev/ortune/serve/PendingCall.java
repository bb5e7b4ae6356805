package dev.ortune.serve;

import dev.ortune.cache.Lease;
import dev.ortune.encoder.ResidentAdapter;
import dev.ortune.error.InternalException;
import dev.ortune.error.OrtuneException;
import dev.ortune.error.RefusedException;
import dev.ortune.repository.ModelName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * A call from its tokens to its answer.
 *
 * <p>Thread-safe: loaders, lanes, the clock and the caller meet here, under the call's own lock. Whoever
 * ends it completes the answer; what waits for the answer must be short and hand on what is not. It
 * ends once, by its last text, a failure, its deadline or its caller; the adapter's lease goes back
 * when it has ended and no run reads the adapter any more.
 */
final class PendingCall implements ClassificationCall {

    private final ModelName asked;
    private final ModelDescription model;
    private final List<List<int[]>> texts;
    private final List<WindowPool> pools;
    private final int characters;
    private final CompletableFuture<ClassificationAnswer> answer = new CompletableFuture<>();
    private Optional<Lease<ResidentAdapter>> lease = Optional.empty();
    private Runnable whenEnded = () -> {};
    private CallTimes times;
    private int missing;
    private int runs;
    private boolean ended;

    /**
     * A call with nothing computed.
     *
     * @param asked the model's name and the tenant that asks
     * @param texts each text's windows
     */
    PendingCall(
            ModelName asked,
            ModelDescription model,
            List<List<int[]>> texts,
            int characters,
            CallTimes times) {
        this.asked = asked;
        this.model = model;
        this.texts = texts;
        this.pools = texts.stream().map(WindowPool::new).toList();
        this.characters = characters;
        this.times = times;
        this.missing = texts.size();
    }

    @Override
    public CompletionStage<ClassificationAnswer> answer() {
        return answer;
    }

    @Override
    public void cancel() {
        fail(RefusedException.cancelled());
    }

    /** Whose call it is, and of which model. */
    ModelName asked() {
        return asked;
    }

    ModelDescription model() {
        return model;
    }

    synchronized boolean isEnded() {
        return ended;
    }

    /**
     * Takes the adapter over and gives the call's items; none if it has ended meanwhile.
     *
     * @param queueLeaver takes the items out of the queue again, should the call end early
     */
    synchronized List<TextItem> start(
            ServedBase base,
            Lease<ResidentAdapter> adapter,
            java.util.function.Consumer<List<TextItem>> queueLeaver) {
        if (ended) {
            adapter.close();
            return List.of();
        }
        lease = Optional.of(adapter);
        List<TextItem> items = new ArrayList<>();
        for (int text = 0; text < texts.size(); text++) {
            List<int[]> windows = texts.get(text);
            for (int window = 0; window < windows.size(); window++) {
                items.add(
                        new TextItem(
                                this, base, text, window, windows.get(window), adapter.value()));
            }
        }
        Runnable before = whenEnded;
        whenEnded =
                () -> {
                    before.run();
                    queueLeaver.accept(items);
                };
        return items;
    }

    /** Runs something when the call ends, on whichever thread ends it; at once if it has. */
    void whenEnded(Runnable action) {
        synchronized (this) {
            if (!ended) {
                Runnable before = whenEnded;
                whenEnded =
                        () -> {
                            before.run();
                            action.run();
                        };
                return;
            }
        }
        action.run();
    }

    synchronized boolean beginRun() {
        if (ended) {
            return false;
        }
        runs++;
        return true;
    }

    synchronized void endRun() {
        runs--;
        giveBackIfUnused();
    }

    /** A window is computed; the last one ends the call. */
    void complete(int text, int window, float[] logits, long startNanos, long endNanos) {
        synchronized (this) {
            if (ended) {
                return;
            }
            times = times.with(startNanos, endNanos);
            if (!pools.get(text).add(window, logits)) {
                return;
            }
            missing--;
            if (missing > 0) {
                return;
            }
            ended = true;
        }
        whenEnded.run();
        succeed();
    }

    /** Ends the call without an answer, unless it has one. */
    void fail(OrtuneException reason) {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            giveBackIfUnused();
        }
        whenEnded.run();
        answer.completeExceptionally(reason);
    }

    private void succeed() {
        try {
            List<Classification> results =
                    pools.stream().map(pool -> pool.classification(model.labels())).toList();
            answer.complete(
                    new ClassificationAnswer(model, results, times.timings(characters, tokens())));
        } catch (OrtuneException e) {
            answer.completeExceptionally(e);
        } catch (RuntimeException e) {
            answer.completeExceptionally(new InternalException("An answer failed.", e));
        }
    }

    private int tokens() {
        return texts.stream()
                .flatMapToInt(
                        windows -> IntStream.of(windows.stream().mapToInt(w -> w.length).sum()))
                .sum();
    }

    private void giveBackIfUnused() {
        if (ended && runs == 0) {
            lease.ifPresent(Lease::close);
            lease = Optional.empty();
        }
    }
}
