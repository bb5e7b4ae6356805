package dev.ortune.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.ortune.console.Console;
import dev.ortune.export.ParameterCounts;
import dev.ortune.train.EpochReport;
import dev.ortune.train.FineTuningRequest;
import dev.ortune.train.TrainingResult;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a run ends with: a few lines for people, one object for programs.
 *
 * @param folder the adapter folder
 * @param request what was asked
 * @param counts how much was trained
 * @param result what came of it
 */
record TrainingSummary(
        Path folder, FineTuningRequest request, ParameterCounts counts, TrainingResult result) {

    void print(Console console) {
        if (console.json()) {
            console.out().println(json());
            return;
        }
        if (stoppedEarly()) {
            console.notice(
                    "Stopped after epoch "
                            + result.epochs().size()
                            + ": the validation loss no longer fell.");
        }
        result.best()
                .evaluation()
                .ifPresentOrElse(
                        evaluation ->
                                console.notice(
                                        String.format(
                                                java.util.Locale.ROOT,
                                                "Kept epoch %d: accuracy %.4f, macro-F1 %.4f.",
                                                result.bestEpoch(),
                                                evaluation.accuracy(),
                                                evaluation.macroF1())),
                        () -> console.notice("Kept the last epoch (no --validation)."));
        console.notice("The adapter is in " + folder + ". Try:");
        console.notice("  ./ortune predict --model " + folder + " --text \"...\"");
        console.notice("  ./ortune serve --model " + folder);
    }

    private boolean stoppedEarly() {
        return request.recipe().earlyStopping().isPresent()
                && request.recipe().maxSteps().isEmpty()
                && result.epochs().size() < request.recipe().epochs();
    }

    ObjectNode json() {
        JsonMapper mapper = JsonMapper.builder().addModule(new Jdk8Module()).build();
        ObjectNode root = mapper.createObjectNode();
        root.put("model", folder.toString());
        root.put("base", request.base().name());
        root.set("labels", mapper.valueToTree(request.data().labels().names()));
        root.put("trainable_parameters", counts.trainable());
        root.put("all_parameters", counts.all());
        root.put("best_epoch", result.bestEpoch());
        ObjectNode recipe = root.putObject("recipe");
        for (Map.Entry<String, String> entry : request.recipe().toMap().entrySet()) {
            recipe.put(entry.getKey(), entry.getValue());
        }
        ArrayNode epochs = root.putArray("epochs");
        for (EpochReport report : result.epochs()) {
            ObjectNode epoch =
                    epochs.addObject()
                            .put("epoch", report.epoch())
                            .put("steps", report.steps())
                            .put("training_loss", report.trainingLoss())
                            .put("seconds", report.trainingTime().toMillis() / 1e3)
                            .put("tokens_per_second", report.tokensPerSecond());
            report.evaluation()
                    .ifPresent(
                            evaluation ->
                                    epoch.set(
                                            "evaluation",
                                            mapper.<JsonNode>valueToTree(evaluation)));
        }
        return root;
    }
}
