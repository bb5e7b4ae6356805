package dev.ortune.api.rest;

import dev.ortune.error.RefusedException;
import dev.ortune.serve.ClassificationAnswer;
import dev.ortune.serve.ClassificationCall;
import dev.ortune.serve.ClassificationRequest;
import dev.ortune.serve.ClassificationService;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A service under load, which the real one is too quick to be: the first text says how it behaves.
 */
@Alternative
@Singleton
public final class StandInService implements ClassificationService {

    static final BlockingQueue<ClassificationRequest> REQUESTS = new LinkedBlockingQueue<>();
    static final BlockingQueue<String> CANCELLED = new LinkedBlockingQueue<>();
    private static final Set<String> BEHAVIOURS = Set.of("wait", "full", "late");

    @Override
    public ClassificationCall classify(ClassificationRequest request) {
        String text = request.texts().get(0);
        if (!BEHAVIOURS.contains(text)) {
            // The service warms its models up at start and waits for the answers.
            throw RefusedException.overloaded("The stand-in knows no text.", Duration.ZERO);
        }
        REQUESTS.add(request);
        if (text.equals("full")) {
            throw RefusedException.overloaded("The queue is full.", Duration.ofMillis(2500));
        }
        CompletableFuture<ClassificationAnswer> answer = new CompletableFuture<>();
        if (text.equals("late")) {
            // A step behind, as a batch's thread would be.
            CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS)
                    .execute(
                            () ->
                                    answer.completeExceptionally(
                                            RefusedException.deadlineExceeded(
                                                    request.timeout().orElse(Duration.ZERO))));
        }
        return new ClassificationCall() {
            @Override
            public CompletionStage<ClassificationAnswer> answer() {
                return answer;
            }

            @Override
            public void cancel() {
                CANCELLED.add(text);
                answer.completeExceptionally(RefusedException.cancelled());
            }
        };
    }
}
