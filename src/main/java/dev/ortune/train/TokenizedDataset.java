package dev.ortune.train;

import dev.ortune.dataset.LabelledDataset;
import dev.ortune.dataset.LabelledExample;
import dev.ortune.tokenizer.TextTokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A dataset in token ids, in the order of its file. */
final class TokenizedDataset {

    private final List<TokenizedExample> examples;

    private TokenizedDataset(List<TokenizedExample> examples) {
        this.examples = List.copyOf(examples);
    }

    /** Tokenizes all texts. */
    static TokenizedDataset of(
            LabelledDataset dataset, TextTokenizer tokenizer, TrainingRecipe recipe) {
        List<LabelledExample> rows = dataset.examples();
        List<int[]> ids =
                tokenizer.encodeAll(
                        rows.stream().map(LabelledExample::text).toList(),
                        recipe.maxTokens(),
                        recipe.truncationSide());
        List<TokenizedExample> examples = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            long[] tokens = Arrays.stream(ids.get(i)).asLongStream().toArray();
            examples.add(new TokenizedExample(tokens, rows.get(i).target()));
        }
        return new TokenizedDataset(examples);
    }

    List<TokenizedExample> examples() {
        return examples;
    }

    int size() {
        return examples.size();
    }
}
