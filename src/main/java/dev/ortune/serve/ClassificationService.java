package dev.ortune.serve;

/** Answers requests. Thread-safe. */
public interface ClassificationService {

    /**
     * Takes a request. The calling thread turns the texts into tokens, so it must not be an event
     * loop; everything else happens elsewhere.
     *
     * @throws dev.ortune.error.InvalidInputException {@code MODEL_NOT_FOUND}, {@code
     *     VERSION_NOT_FOUND}, {@code ALIAS_NOT_FOUND}
     * @throws dev.ortune.error.RefusedException {@code OVERLOADED} when the queue is full
     */
    ClassificationCall classify(ClassificationRequest request);
}
