package dev.ortune.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.error.InvalidInputException;
import dev.ortune.graph.ProblemType;
import dev.ortune.tokenizer.TruncationSide;
import dev.ortune.train.Schedule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class JobSpecificationTest {

    private static final Hyperparameters UNUSUAL =
            new Hyperparameters(
                    3,
                    8,
                    2,
                    5e-4,
                    Schedule.CONSTANT,
                    0.1,
                    0,
                    0,
                    OptionalInt.of(128),
                    TruncationSide.LEFT,
                    true,
                    OptionalInt.of(77),
                    Optional.of(new StoppingChoice(2, 0.01)),
                    Optional.of(new ClassWeights.Given(Map.of("b", 2.0))),
                    ProblemType.MULTI_LABEL,
                    new LoraChoice(8, 16, 0.1, List.of("q_lin", "v_lin")));

    @Test
    void aSpecificationIsReadAsItWasWritten() {
        for (JobSpecification one :
                List.of(
                        specification(Hyperparameters.DEFAULT),
                        specification(UNUSUAL),
                        specification(balanced()))) {
            assertThat(JobSpecification.parse(one.json())).isEqualTo(one);
        }
    }

    @Test
    void theNamesInJsonAreThoseOfRequests() {
        assertThat(specification(UNUSUAL).json())
                .contains(
                        "\"n_epochs\":3",
                        "\"lr_scheduler_type\":\"constant\"",
                        "\"early_stopping\":{\"patience\":2,\"min_delta\":0.01}",
                        "\"class_weights\":{\"b\":2.0}",
                        "\"lora\":{\"r\":8");
        assertThat(specification(balanced()).json()).contains("\"class_weights\":\"balanced\"");
    }

    @Test
    void theRecipeHasTheOptionsOfTrain() {
        Map<String, Object> options =
                RecipeDocument.of(specification(UNUSUAL), 512, Map.of("a", 30L, "b", 10L))
                        .options();
        assertThat(options)
                .containsEntry("epochs", 3)
                .containsEntry("learning_rate", 5e-4)
                .containsEntry("clip_norm", 0.0)
                .containsEntry("max_length", 128)
                .containsEntry("schedule", "constant")
                .containsEntry("problem_type", "multi_label")
                .containsEntry("target_modules", List.of("q_lin", "v_lin"))
                .containsEntry("label_weights", List.of(1f, 2f))
                .containsEntry("seed", 7L)
                .containsEntry("threads", 2);
    }

    @Test
    void balancedWeightsGiveEveryLabelTheSameSay() {
        // scikit-learn: rows / (labels * rows of the label).
        assertThat(
                        RecipeDocument.of(
                                        specification(balanced()), 512, Map.of("a", 30L, "b", 10L))
                                .options())
                .containsEntry("label_weights", List.of(40f / 60f, 2f));
    }

    @Test
    void aWeightForALabelThatNoRowHasIsRefusedByName() {
        assertThatThrownBy(() -> RecipeDocument.of(specification(UNUSUAL), 512, Map.of("a", 3L)))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.field()).contains("class_weights.b"));
    }

    @Test
    void valuesOutOfRangeAreRefusedByName() {
        assertThatThrownBy(() -> new LoraChoice(0, 32, 0, List.of()))
                .isInstanceOfSatisfying(
                        InvalidInputException.class, e -> assertThat(e.field()).contains("lora.r"));
        assertThatThrownBy(() -> new StoppingChoice(0, 0)).hasMessageContaining("patience");
        assertThatThrownBy(() -> new ClassWeights.Given(Map.of("a", -1.0)))
                .hasMessageContaining("class_weights.a");
    }

    private static JobSpecification specification(Hyperparameters hyperparameters) {
        return new JobSpecification(
                "base", "file-a", Optional.of("file-b"), Optional.empty(), 7, 2, hyperparameters);
    }

    private static Hyperparameters balanced() {
        Hyperparameters standard = Hyperparameters.DEFAULT;
        return new Hyperparameters(
                standard.epochs(),
                standard.batchSize(),
                standard.gradientAccumulation(),
                standard.learningRate(),
                standard.schedule(),
                standard.warmupRatio(),
                standard.weightDecay(),
                standard.maxGradientNorm(),
                standard.maxLength(),
                standard.truncationSide(),
                standard.groupByLength(),
                standard.maxSteps(),
                standard.earlyStopping(),
                Optional.of(new ClassWeights.Balanced()),
                standard.problemType(),
                standard.lora());
    }
}
