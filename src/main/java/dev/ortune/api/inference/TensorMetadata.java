package dev.ortune.api.inference;

import java.util.List;

/**
 * An input or output of a model.
 *
 * @param shape -1 for a dimension of any size
 */
public record TensorMetadata(String name, String datatype, List<Long> shape) {}
