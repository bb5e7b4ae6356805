package dev.ortune.serve;

/**
 * A model under the name by which requests ask for it.
 *
 * @param name in requests
 * @param base the base's name as its adapter gives it
 * @param classifier answers
 */
public record ServedModel(String name, String base, TextClassifier classifier) {}
