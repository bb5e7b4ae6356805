package dev.ortune.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ortune.adapter.Adapter;
import dev.ortune.adapter.AdapterFolder;
import dev.ortune.adapter.GoldenAdapter;
import dev.ortune.base.BaseModelResolver;
import dev.ortune.base.BundledBase;
import dev.ortune.base.DownloadProgress;
import dev.ortune.base.HubSettings;
import dev.ortune.base.OrtuneHome;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.OrtuneException;
import dev.ortune.export.PreparedBase;
import dev.ortune.export.PreparedBases;
import dev.ortune.golden.GoldenCase;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.ort.OrtRuntime;
import dev.ortune.tokenizer.TextTokenizer;
import dev.ortune.tokenizer.TruncationSide;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelLoaderTest {

    private static final Path OURS = GoldenAdapter.named("ortune-distilbert").folder();
    private static final Path PEFTS = GoldenAdapter.named("peft-distilbert").folder();
    private static final Optional<String> TINY =
            Optional.of(GoldenCase.base("distilbert-tiny").toString());

    @TempDir private Path home;

    private OrtRuntime runtime;
    private ModelLoader loader;

    @BeforeEach
    void open() {
        runtime = OrtRuntime.open(1);
        BaseModelResolver resolver =
                new BaseModelResolver(
                        HubSettings.fromEnvironment(
                                Map.of("HF_HUB_OFFLINE", "1", "HF_HOME", home.toString())),
                        new BundledBase(new OrtuneHome(home)),
                        DownloadProgress.silent());
        loader = new ModelLoader(runtime, resolver, new PreparedBases(home.resolve("prepared")));
    }

    @AfterEach
    void nothingStaysOpen() {
        runtime.close();
        assertThat(runtime.openHandles()).isZero();
    }

    @Test
    void textsAreAnsweredInTheirOrderWhateverTheirLengths() {
        try (TextClassifier classifier = loader.open("m", OURS, TINY).classifier()) {
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                texts.add("good movie ".repeat(i * 7 % 12) + "bad");
            }
            List<Classification> together = classifier.classify(texts);
            for (int i = 0; i < texts.size(); i += 37) {
                Classification alone = classifier.classify(List.of(texts.get(i))).get(0);
                assertThat(together.get(i).logits()).containsExactly(alone.logits(), within(1e-5f));
            }
        }
    }

    @Test
    void theAnswerHasTheBestLabelAndScoresThatSumToOne() {
        try (TextClassifier classifier = loader.open("m", OURS, TINY).classifier()) {
            Classification answer = classifier.classify(List.of("it was good")).get(0);
            assertThat(answer.scores())
                    .extracting(LabelScore::label)
                    .containsExactly("negative", "positive", "so | so");
            assertThat(answer.scores().stream().mapToDouble(LabelScore::score).sum())
                    .isEqualTo(1, within(1e-9));
            assertThat(answer.scores())
                    .contains(new LabelScore(answer.label(), answer.score()))
                    .allMatch(other -> other.score() <= answer.score());
        }
    }

    @Test
    void longTextsAreCutAsTheAdapterSays() {
        try (TextClassifier classifier = loader.open("m", OURS, TINY).classifier()) {
            assertThat(classifier.maxTokens()).isEqualTo(20);
            // Cut on the left: only the last 18 words matter.
            List<Classification> answers =
                    classifier.classify(List.of("bad " + "good ".repeat(40), "good ".repeat(18)));
            assertThat(answers.get(0).logits()).containsExactly(answers.get(1).logits());
        }
    }

    @Test
    void anAdapterByPeftTakesTheTokenizerAndTheLengthOfItsBase() {
        try (TextClassifier classifier = loader.open("m", PEFTS, TINY).classifier()) {
            assertThat(classifier.maxTokens()).isEqualTo(24);
            assertThat(classifier.classify(List.of("good")).get(0).scores()).hasSize(3);
            assertThat(classifier.classify(List.of())).isEmpty();
        }
    }

    @Test
    void aClassifierFromPartsInMemoryAnswersAsTheFolder() {
        PreparedBase base = PreparedBase.create("tiny", GoldenCase.base("distilbert-tiny"), home);
        Adapter adapter = AdapterFolder.read(OURS).adapter();
        ClassifierOptions options = adapter.toOptions(base.model());
        try (TextTokenizer tokenizer = TextTokenizer.of(base.tokenizerFile());
                TextClassifier inMemory =
                        TextClassifier.of(
                                runtime,
                                base,
                                options,
                                adapter.parametersFor(base.graphs(options).plan()),
                                tokenizer,
                                20,
                                TruncationSide.LEFT);
                TextClassifier loaded = loader.open("m", OURS, TINY).classifier()) {
            assertThat(inMemory.classify(List.of("good", "bad")))
                    .isEqualTo(loaded.classify(List.of("good", "bad")));
        }
    }

    @Test
    void anotherBaseThanTheOneItWasTrainedOnIsRefused() {
        Optional<String> other =
                Optional.of(GoldenCase.base("distilbert-tiny-prefixed").toString());
        assertCode(() -> loader.open("m", OURS, other), ErrorCode.CHECKSUM_MISMATCH);
        assertCode(() -> loader.open("m", PEFTS, other), ErrorCode.ADAPTER_MISMATCH);
    }

    @Test
    void aClosedClassifierRefusesToAnswer() {
        TextClassifier classifier = loader.open("m", OURS, TINY).classifier();
        classifier.close();
        classifier.close();
        assertThatThrownBy(() -> classifier.classify(List.of("good")))
                .isInstanceOf(IllegalStateException.class);
    }

    private static void assertCode(Runnable action, ErrorCode code) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        OrtuneException.class, fault -> assertThat(fault.code()).isEqualTo(code));
    }
}
