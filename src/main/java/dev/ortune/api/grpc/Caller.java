package dev.ortune.api.grpc;

import dev.ortune.api.inference.Client;
import java.time.Duration;
import java.util.Optional;

/**
 * Who calls a method.
 *
 * @param client leaves when the call is cancelled, its deadline included
 * @param timeLeft to the call's deadline
 */
record Caller(Client client, Optional<Duration> timeLeft) {}
