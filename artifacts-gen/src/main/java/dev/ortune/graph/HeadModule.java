package dev.ortune.graph;

/**
 * A layer between the encoder and the logits.
 *
 * @param saveName how PEFT's {@code modules_to_save} names it, e.g. {@code pooler}
 * @param linear its linear layer
 * @param alwaysTrained whether PEFT trains it for every sequence classifier; the others are trained
 *     only when the base lacks them or the user asks
 */
public record HeadModule(String saveName, LinearModule linear, boolean alwaysTrained) {}
