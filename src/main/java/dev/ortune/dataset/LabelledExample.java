package dev.ortune.dataset;

/** A text and its right answer as indices. */
public record LabelledExample(String text, Target target) {}
