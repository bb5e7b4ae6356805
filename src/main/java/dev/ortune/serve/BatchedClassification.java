package dev.ortune.serve;

import dev.ortune.batch.MicroBatcher;
import dev.ortune.cache.Lease;
import dev.ortune.encoder.ResidentAdapter;
import dev.ortune.error.InternalException;
import dev.ortune.error.OrtuneException;
import dev.ortune.error.RefusedException;
import dev.ortune.repository.PublishedVersion;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * Answers requests from shared batches: tokens in the asking thread, the adapter from memory or a
 * loader's thread, the computation on the batcher's lanes. Where a lane is free and the adapter there,
 * the asking thread computes too, and the call is answered when it gets it.
 */
final class BatchedClassification implements ClassificationService {

    private final VersionLookup versions;
    private final ServedBases bases;
    private final TextEncoder encoder;
    private final AdapterStore adapters;
    private final MicroBatcher<TextItem> batcher;
    private final Deadlines deadlines;
    private final CallListener listener;

    BatchedClassification(
            VersionLookup versions,
            ServedBases bases,
            TextEncoder encoder,
            AdapterStore adapters,
            MicroBatcher<TextItem> batcher,
            Deadlines deadlines,
            CallListener listener) {
        this.versions = versions;
        this.bases = bases;
        this.encoder = encoder;
        this.adapters = adapters;
        this.batcher = batcher;
        this.deadlines = deadlines;
        this.listener = listener;
    }

    @Override
    public ClassificationCall classify(ClassificationRequest request) {
        long arrived = System.nanoTime();
        PublishedVersion version = versions.ready(request.model());
        ServedBase base = bases.of(version);
        List<List<int[]>> texts =
                encoder.encode(version, base, request.texts(), request.longTexts());
        long tokenized = System.nanoTime();
        PendingCall call =
                new PendingCall(
                        request.model().model(),
                        versions.describe(version),
                        texts,
                        request.texts().stream().mapToInt(String::length).sum(),
                        new CallTimes(arrived, tokenized, tokenized, tokenized));
        listener.began(call);
        Duration timeout = deadlines.limit(request.timeout());
        deadlines.watch(call, timeout.minusNanos(tokenized - arrived), timeout);
        CompletableFuture<Lease<ResidentAdapter>> adapter = adapters.acquire(version, base);
        if (adapter.isDone() && !adapter.isCompletedExceptionally()) {
            submit(call, base, adapter.join(), batcher::submitAndHelp);
        } else {
            adapter.whenComplete((lease, fault) -> proceed(call, base, lease, fault));
        }
        return call;
    }

    /** On the loader's thread, so that nobody waits for the disk but this call. */
    private void proceed(
            PendingCall call, ServedBase base, Lease<ResidentAdapter> lease, Throwable fault) {
        if (fault != null) {
            call.fail(errorOf(fault));
            return;
        }
        try {
            submit(call, base, lease, batcher::submit);
        } catch (RefusedException e) {
            call.fail(e);
        }
    }

    private void submit(
            PendingCall call,
            ServedBase base,
            Lease<ResidentAdapter> lease,
            Consumer<List<TextItem>> submission) {
        List<TextItem> items = call.start(base, lease, batcher::withdraw);
        if (items.isEmpty()) {
            return;
        }
        try {
            submission.accept(items);
        } catch (RefusedException e) {
            call.fail(e);
            throw e;
        }
    }

    private static OrtuneException errorOf(Throwable fault) {
        Throwable cause = fault instanceof CompletionException ? fault.getCause() : fault;
        return cause instanceof OrtuneException known
                ? known
                : new InternalException("An adapter could not be read.", cause);
    }
}
