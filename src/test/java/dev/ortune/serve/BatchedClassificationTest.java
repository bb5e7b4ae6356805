package dev.ortune.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ortune.base.BaseModelResolver;
import dev.ortune.base.BundledBase;
import dev.ortune.base.DownloadProgress;
import dev.ortune.base.HubSettings;
import dev.ortune.base.OrtuneHome;
import dev.ortune.batch.BatchSettings;
import dev.ortune.batch.BatchShape;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.OrtuneException;
import dev.ortune.export.PreparedBases;
import dev.ortune.golden.GoldenCase;
import dev.ortune.repository.ModelName;
import dev.ortune.repository.ModelReference;
import dev.ortune.repository.TestModels;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.search.MeterNotFoundException;
import io.micrometer.core.instrument.search.Search;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BatchedClassificationTest {

    private static final ModelReference OURS = TestModels.reference("ours");
    private static final ModelReference PEFTS = TestModels.reference("pefts");

    @TempDir private Path home;
    private ServingParts parts;

    @BeforeEach
    void open() {
        parts = ServingParts.open(home);
    }

    @AfterEach
    void nothingStaysOpen() {
        parts.close();
        assertThat(parts.runtime.openHandles()).isZero();
        assertThat(parts.adapters.bytes()).isZero();
    }

    @Test
    void manyCallsOfTwoModelsGetTheAnswersThatEachModelGivesAlone() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            texts.add("good movie ".repeat(i * 7 % 12) + "bad");
        }
        List<ClassificationCall> calls =
                texts.parallelStream()
                        .flatMap(text -> Stream.of(classify(OURS, text), classify(PEFTS, text)))
                        .toList();
        List<Classification> ours = alone(ServingParts.OURS, texts);
        List<Classification> pefts = alone(ServingParts.PEFTS, texts);
        for (int i = 0; i < texts.size(); i++) {
            assertSame(result(calls.get(2 * i)), ours.get(i));
            assertSame(result(calls.get(2 * i + 1)), pefts.get(i));
        }
    }

    @Test
    void oneCallMayHoldMoreTextsThanABatch() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            texts.add("good movie ".repeat(i % 9) + i);
        }
        List<Classification> together =
                answer(parts.service.classify(ClassificationRequest.of(OURS, texts))).results();
        List<Classification> alone = alone(ServingParts.OURS, texts);
        for (int i = 0; i < texts.size(); i++) {
            assertSame(together.get(i), alone.get(i));
        }
    }

    @Test
    void anAnswerTellsWhatItCost() {
        ClassificationAnswer answer = answer(classify(OURS, "good movie"));
        assertThat(answer.model().name()).isEqualTo("ours");
        assertThat(answer.model().version()).isEqualTo("1");
        assertThat(answer.timings().tokens()).isGreaterThan(2);
        assertThat(answer.timings().characters()).isEqualTo(10);
        assertThat(answer.timings().inference()).isPositive();
        assertThat(answer.timings().total())
                .isGreaterThanOrEqualTo(
                        answer.timings().tokenization().plus(answer.timings().inference()));
    }

    @Test
    void windowsOfALongTextAreAveragedByTheirTokens() {
        String text = "good movie bad film ".repeat(30);
        ClassificationAnswer windows =
                answer(
                        parts.service.classify(
                                new ClassificationRequest(
                                        OURS, List.of(text), LongTexts.WINDOWS, Optional.empty())));
        ClassificationAnswer cut = answer(classify(OURS, text));
        assertThat(cut.timings().tokens()).isEqualTo(cut.model().maxTokens());
        assertThat(windows.timings().tokens()).isGreaterThan(120);
        double sum =
                windows.results().get(0).scores().stream().mapToDouble(LabelScore::score).sum();
        assertThat(sum).isCloseTo(1, within(1e-6));
        assertThat(windows.results().get(0)).isNotEqualTo(cut.results().get(0));
    }

    @Test
    void eitherEndOfALongTextMayBeCut() {
        String text = "good ".repeat(40) + "bad ".repeat(40);
        assertSame(
                result(cut(text, LongTexts.CUT_RIGHT)), result(classify(OURS, "good ".repeat(40))));
        assertSame(
                result(cut(text, LongTexts.CUT_LEFT)), result(classify(OURS, "bad ".repeat(40))));
        assertThatThrownBy(() -> cut(text, LongTexts.REFUSE))
                .hasMessageContaining("82 tokens")
                .isInstanceOf(OrtuneException.class);
    }

    @Test
    void aCancelledCallFailsAndFreesItsAdapter() {
        ClassificationCall call = classify(OURS, "good");
        call.cancel();
        // Either the answer was faster or the cancellation; the adapter is free in both cases.
        try {
            answer(call);
        } catch (OrtuneException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED);
        }
        parts.models.unload(OURS);
    }

    @Test
    void aDeadlineEndsACallThatWaits() {
        assertThatThrownBy(
                        () ->
                                answer(
                                        parts.service.classify(
                                                new ClassificationRequest(
                                                        OURS,
                                                        List.of("good"),
                                                        LongTexts.AS_CONFIGURED,
                                                        Optional.of(Duration.ofNanos(1))))))
                .isInstanceOfSatisfying(
                        OrtuneException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED));
    }

    @Test
    void anUnloadedModelAnswersAgainOnceItIsLoaded() {
        answer(classify(OURS, "good"));
        parts.models.unload(OURS);
        assertThat(parts.models.isReady(OURS)).isFalse();
        assertThatThrownBy(() -> classify(OURS, "good"))
                .isInstanceOfSatisfying(
                        OrtuneException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_NOT_LOADED));
        assertThat(parts.models.isReady(PEFTS)).isTrue();
        parts.models.load(OURS);
        assertThat(parts.models.isReady(OURS)).isTrue();
        answer(classify(OURS, "good"));
    }

    @Test
    void aTenantUnloadsASharedModelForItselfOnly() {
        ModelReference another = ModelReference.parse("acme", "ours");
        answer(classify(another, "good"));
        parts.models.unload(another);
        assertThat(parts.models.isReady(another)).isFalse();
        assertThat(parts.models.isReady(OURS)).isTrue();
        assertThat(parts.adapters.count()).as("others' memory").isEqualTo(1);
        answer(classify(OURS, "good"));
        assertThatThrownBy(() -> classify(another, "good"))
                .hasMessage("The model ours@1 is unloaded.");
        parts.models.load(another);
        answer(classify(another, "good"));
        parts.models.unload(OURS);
        assertThat(parts.adapters.count()).isZero();
        answer(classify(another, "good"));
    }

    @Test
    @Timeout(20)
    void aCallIsCountedForTheTenantThatAsks() {
        answer(classify(ModelReference.parse("acme", "ours"), "good"));
        // Whoever ends a call counts it after it was answered.
        Search counted =
                parts.registry.find("ortune.request").tags("tenant", "acme", "model", "ours");
        while (counted.timer() == null) {
            Thread.onSpinWait();
        }
        assertThat(counted.timer().count()).isEqualTo(1);
        assertThat(parts.registry.find("ortune.request").tag("tenant", "default").timer()).isNull();
    }

    @Test
    void unknownModelsVersionsAndAliasesAreToldApart() {
        assertThat(parts.models.isReady(TestModels.reference("none"))).isFalse();
        for (Map.Entry<String, ErrorCode> expected :
                Map.of(
                                "none", ErrorCode.MODEL_NOT_FOUND,
                                "ours@2", ErrorCode.VERSION_NOT_FOUND,
                                "ours@prod", ErrorCode.ALIAS_NOT_FOUND)
                        .entrySet()) {
            assertThatThrownBy(() -> classify(TestModels.reference(expected.getKey()), "good"))
                    .isInstanceOfSatisfying(
                            OrtuneException.class,
                            e -> assertThat(e.code()).isEqualTo(expected.getValue()));
        }
    }

    @Test
    void metricsTellModelsApartWithinTheirBudget() {
        answer(classify(OURS, "good"));
        answer(classify(PEFTS, "good"));
        // A batch is counted when its answers are on their way.
        soon(() -> parts.registry.get("ortune.request").tag("model", "ours").timer().count() == 1);
        soon(() -> parts.registry.get("ortune.batch.tokens").summary().count() == 2);
        soon(() -> parts.registry.get("ortune.adapter.load").timer().count() == 2);
        ModelLabels labels = new ModelLabels(2);
        ModelName ours = new ModelName("a", "reviews");
        ModelName theirs = new ModelName("b", "reviews");
        ModelName late = new ModelName("c", "reviews");
        assertThat(labels.of(ours)).isEqualTo(Tags.of("tenant", "a", "model", "reviews"));
        assertThat(labels.of(theirs)).isEqualTo(Tags.of("tenant", "b", "model", "reviews"));
        assertThat(labels.of(late)).isEqualTo(Tags.of("tenant", "other", "model", "other"));
        labels.free(ours);
        assertThat(labels.of(late)).isEqualTo(Tags.of("tenant", "c", "model", "reviews"));
    }

    private static void soon(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!holds(condition)) {
            assertThat(System.nanoTime()).as("the end of waiting").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private static boolean holds(BooleanSupplier condition) {
        try {
            return condition.getAsBoolean();
        } catch (MeterNotFoundException e) {
            return false;
        }
    }

    @Test
    void aFullQueueRefusesOneTenantAndServesTheOther() throws Exception {
        parts.close();
        parts =
                new ServingParts(
                        home.resolve("small"),
                        Map.of("ours", ServingParts.OURS, "pefts", ServingParts.PEFTS),
                        new BatchSettings(new BatchShape(32, 128), 400, 1),
                        Duration.ofSeconds(20));
        parts.models.load(OURS);
        parts.models.load(PEFTS);
        ClassificationRequest flood =
                ClassificationRequest.of(OURS, Collections.nCopies(5000, "good movie"));
        CompletableFuture<ClassificationCall> call =
                CompletableFuture.supplyAsync(() -> parts.service.classify(flood));
        while (parts.batcher.queuedTokens() < 400) {
            Thread.onSpinWait();
        }
        assertThatThrownBy(() -> classify(OURS, "good movie"))
                .isInstanceOfSatisfying(
                        OrtuneException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.OVERLOADED));
        ClassificationCall guest = classify(PEFTS, "good movie");
        assertThat(guest.answer().toCompletableFuture().get(10, TimeUnit.SECONDS)).isNotNull();
        // One of its texts had to make room.
        assertThatThrownBy(() -> answer(call.join()))
                .isInstanceOfSatisfying(
                        OrtuneException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.OVERLOADED));
    }

    private ClassificationCall cut(String text, LongTexts longTexts) {
        return parts.service.classify(
                new ClassificationRequest(OURS, List.of(text), longTexts, Optional.empty()));
    }

    private ClassificationCall classify(ModelReference model, String text) {
        return parts.service.classify(ClassificationRequest.of(model, List.of(text)));
    }

    private static Classification result(ClassificationCall call) {
        return answer(call).results().get(0);
    }

    private static ClassificationAnswer answer(ClassificationCall call) {
        try {
            return call.answer().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw (OrtuneException) e.getCause();
        }
    }

    private static void assertSame(Classification actual, Classification expected) {
        assertThat(actual.label()).isEqualTo(expected.label());
        assertThat(actual.logits()).containsExactly(expected.logits(), within(1e-4f));
    }

    /** The answers of an adapter by itself, in a session of its own. */
    private List<Classification> alone(Path folder, List<String> texts) {
        ModelLoader loader =
                new ModelLoader(
                        parts.runtime,
                        new BaseModelResolver(
                                HubSettings.fromEnvironment(
                                        Map.of("HF_HUB_OFFLINE", "1", "HF_HOME", home.toString())),
                                new BundledBase(new OrtuneHome(home)),
                                DownloadProgress.silent()),
                        new PreparedBases(home.resolve("prepared")));
        Optional<String> base = Optional.of(GoldenCase.base("distilbert-tiny").toString());
        try (TextClassifier classifier = loader.open("m", folder, base).classifier()) {
            return classifier.classify(texts);
        }
    }
}
