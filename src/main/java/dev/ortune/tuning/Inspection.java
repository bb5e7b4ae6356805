package dev.ortune.tuning;

import dev.ortune.dataset.check.DataCheckReport;
import java.util.Optional;

/**
 * What was found in a job's files.
 *
 * @param report on the rows
 * @param estimate empty where the rows cannot be trained on
 * @param recipe as well
 */
record Inspection(
        DataCheckReport report,
        Optional<TrainingEstimate> estimate,
        Optional<RecipeDocument> recipe) {}
