package dev.ortune.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ortune.golden.Golden;
import dev.ortune.golden.RealConfigs;
import dev.ortune.graph.AdapterPlan;
import dev.ortune.graph.ClassifierModel;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.graph.LoraOptions;
import dev.ortune.graph.ModelStructure;
import dev.ortune.graph.ProblemType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against what PEFT printed: tools/oracle for the cases, get_peft_model on default configs here. */
class ParameterCountsTest {

    static Stream<Golden> cases() {
        return Golden.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyGoldenCaseIsCountedAsByPeft(Golden golden, @TempDir Path folder) {
        PreparedBase base = PreparedBase.create("golden", golden.base(), folder);
        ParameterCounts counts =
                ParameterCounts.of(
                        base.model().structure(golden.options().labels().size()),
                        base.graphs(golden.options()).plan());

        assertThat(counts.trainable())
                .isEqualTo(golden.json().path("trainable_parameters").asLong());
        assertThat(counts.all()).isEqualTo(golden.json().path("all_parameters").asLong());
    }

    @Test
    void distilBertWithRankFourOnQueriesReadsAsPeftPrintsIt() {
        assertThat(line(RealConfigs.distilBert(), LoraOptions.DEFAULTS, 2, Set.of()))
                .isEqualTo(
                        "trainable params: 628,994 || all params: 67,584,004 || trainable%: 0.9307");
    }

    @Test
    void bertReadsAsPeftPrintsItWithTheFrozenAndWithTheTrainedPooler() {
        LoraOptions lora = new LoraOptions(8, 32, 0, List.of("query", "value"));
        assertThat(line(RealConfigs.bert(), lora, 3, Set.of()))
                .isEqualTo(
                        "trainable params: 297,219 || all params: 109,781,766 || trainable%: 0.2707");
        assertThat(line(RealConfigs.bert(), lora, 3, Set.of("pooler")))
                .isEqualTo(
                        "trainable params: 887,811 || all params: 110,372,358 || trainable%: 0.8044");
    }

    private static String line(
            JsonNode config, LoraOptions lora, int labels, Set<String> modulesToSave) {
        ClassifierModel model = RealConfigs.model(config);
        ModelStructure structure = model.structure(labels);
        ClassifierOptions options =
                new ClassifierOptions(
                        lora,
                        IntStream.range(0, labels).mapToObj(String::valueOf).toList(),
                        ProblemType.SINGLE_LABEL,
                        Optional.empty(),
                        true,
                        modulesToSave);
        return ParameterCounts.of(
                        structure,
                        AdapterPlan.of(structure, options, RealConfigs.layout(structure)))
                .peftLine();
    }
}
