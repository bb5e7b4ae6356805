package dev.ortune.job;

import java.time.Duration;

/**
 * How a worker works.
 *
 * @param name for people
 * @param rest how long it waits before it asks for work for the first time; the processors are the start's until then
 * @param poll how long it waits before it asks for work again, when there was none
 * @param heartbeat how often it proves that it lives; well below the lease
 */
public record WorkerSettings(String name, Duration rest, Duration poll, Duration heartbeat) {}
