package dev.ortune.train;

import dev.ortune.adapter.Adapter;
import dev.ortune.base.BaseModel;
import dev.ortune.dataset.TrainingData;
import dev.ortune.graph.ClassifierOptions;
import java.util.Optional;

/**
 * All that a fine-tuning run needs to know.
 *
 * @param base the base model's folder
 * @param data training and validation rows
 * @param options what is trained on top of the base; its labels are the data's
 * @param recipe how it is trained
 * @param start the adapter to continue from, in place of new parameters
 */
public record FineTuningRequest(
        BaseModel base,
        TrainingData data,
        ClassifierOptions options,
        TrainingRecipe recipe,
        Optional<Adapter> start) {

    /** The options with the recipe's word on dropout. */
    ClassifierOptions effectiveOptions() {
        return recipe.dropout() ? options : options.withoutDropout();
    }
}
