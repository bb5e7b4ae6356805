package dev.ortune.dataset;

import java.util.List;

/**
 * The rows of one file, at least one, in its order: row {@code n} of the file, counted from 1
 * without the header, is {@code examples.get(n - 1)}.
 */
public record Dataset(List<Example> examples, DatasetSource source) {
    public Dataset {
        examples = List.copyOf(examples);
    }

    /** The texts alone. */
    public List<String> texts() {
        return examples.stream().map(Example::text).toList();
    }
}
