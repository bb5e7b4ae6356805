package dev.ortune.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ortune.adapter.AdapterFolder;
import dev.ortune.adapter.GoldenAdapter;
import dev.ortune.adapter.StoredAdapter;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.error.UnavailableException;
import dev.ortune.export.PreparedBase;
import dev.ortune.golden.GoldenCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownBasesTest {

    private static final String DISTILBERT =
            GoldenCase.base("distilbert-tiny").toAbsolutePath().toString();
    private static final String BERT = GoldenCase.base("bert-tiny").toAbsolutePath().toString();

    @TempDir private Path folder;

    private final AtomicInteger prepared = new AtomicInteger();

    @Test
    void aFolderIsKnownByItsNameAndNotByItsPlace() {
        KnownBases bases = known(DISTILBERT, BERT);
        assertThat(bases.names()).containsExactly("distilbert-tiny", "bert-tiny");
        assertThat(prepared).as("before anybody asks").hasValue(0);
        assertThat(bases.base("bert-tiny").name()).isEqualTo("bert-tiny");
        assertThat(prepared).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({
        "google-bert/bert-base-uncased, bert-base-uncased, true",
        "bert-base-uncased, google-bert/bert-base-uncased, true",
        "bert-base-uncased, /their/disk/bert-base-uncased/, true",
        "bert-base-uncased, C:\\models\\bert-base-uncased, true",
        "google-bert/bert-base-uncased, google-bert/bert-base-uncased, true",
        "google-bert/bert-base-uncased, another/bert-base-uncased, false",
        "bert-base-uncased, bert-base-cased, false",
    })
    void namesMeanTheSameByTheirLastPartUnlessTheyHaveTwoOwners(
            String configured, String named, boolean same) {
        assertThat(new BaseName(configured).mayBe(new BaseName(named))).isEqualTo(same);
    }

    @Test
    void manyAskersPrepareABaseOnce() throws Exception {
        KnownBases bases = known(DISTILBERT);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<KnownBase>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answers.add(threads.submit(() -> bases.base("distilbert-tiny")));
            }
            for (Future<KnownBase> answer : answers) {
                assertThat(answer.get()).isSameAs(answers.get(0).get());
            }
            assertThat(prepared).hasValue(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void anUnknownBaseIsRefusedWithTheKnownOnesAndNothingIsFetched() {
        KnownBases bases = known(BERT, "some-owner/some-model");
        InvalidInputException fault = fault(() -> bases.match(golden("peft-distilbert")));
        assertThat(fault.code()).isEqualTo(ErrorCode.BASE_NOT_FOUND);
        assertThat(fault).hasMessageContaining("\"distilbert-tiny\"");
        assertThat(fault.remedy()).contains("bert-tiny, some-owner/some-model");
        assertThat(prepared).hasValue(0);
    }

    @Test
    void theWeightsOfTheProvenanceFindTheBaseUnderAnotherName() throws IOException {
        Path renamed = folder.resolve("renamed");
        copy(GoldenCase.base("distilbert-tiny"), renamed);
        KnownBases bases = known(BERT, renamed.toString());
        assertThat(bases.match(golden("ortune-distilbert")).name()).isEqualTo("renamed");
    }

    @Test
    void otherWeightsUnderTheSameNameAreRefused() throws IOException {
        Path impostor = folder.resolve("distilbert-tiny");
        copy(GoldenCase.base("distilbert-tiny-prefixed"), impostor);
        KnownBases bases = known(impostor.toString());
        assertThat(fault(() -> bases.match(golden("ortune-distilbert"))).code())
                .isEqualTo(ErrorCode.CHECKSUM_MISMATCH);
    }

    @Test
    void anOverrideServesWhatIsNotListed() {
        KnownBases bases = new KnownBases(List.of(BERT), Optional.of(DISTILBERT), this::prepare);
        assertThat(bases.names()).containsExactly("bert-tiny", "distilbert-tiny");
        assertThat(bases.match(golden("peft-distilbert")).name()).isEqualTo("distilbert-tiny");
    }

    @Test
    void aConfiguredAdapterMakesItsBaseKnown() {
        KnownBases bases =
                new KnownBases(
                        List.of(),
                        Optional.empty(),
                        name -> prepare(GoldenCase.base(name).toString()));
        assertThat(bases.matchOrAdd(golden("peft-distilbert")).name()).isEqualTo("distilbert-tiny");
        assertThat(bases.names()).containsExactly("distilbert-tiny");
    }

    @Test
    void twoFoldersOfOneNameAreRefusedAtTheStart() {
        assertThat(fault(() -> known("/a/model", "/b/model")).code())
                .isEqualTo(ErrorCode.INVALID_OPTION);
    }

    @Test
    void aBaseThatCannotBeHadIsTriedAgainAndItsPlaceNotTold() {
        AtomicInteger tries = new AtomicInteger();
        KnownBases bases =
                new KnownBases(
                        List.of("/secret/place/distilbert-tiny"),
                        Optional.empty(),
                        name -> {
                            if (tries.incrementAndGet() == 1) {
                                throw new UnavailableException(
                                        ErrorCode.DOWNLOAD_FAILED, name + " is away.", "Wait.");
                            }
                            return prepare(DISTILBERT);
                        });
        UnavailableException fault =
                catchThrowableOfType(
                        UnavailableException.class, () -> bases.base("distilbert-tiny"));
        assertThat(fault.getMessage() + fault.remedy()).doesNotContain("secret");
        assertThat(bases.base("distilbert-tiny").name()).isEqualTo("distilbert-tiny");
    }

    private KnownBases known(String... configured) {
        return new KnownBases(
                List.of(configured),
                Optional.empty(),
                (Function<String, PreparedBase>) this::prepare);
    }

    private PreparedBase prepare(String base) {
        int number = prepared.incrementAndGet();
        return PreparedBase.create(base, Path.of(base), folder.resolve("prepared-" + number));
    }

    private static StoredAdapter golden(String name) {
        return AdapterFolder.read(GoldenAdapter.named(name).folder());
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static InvalidInputException fault(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        InvalidInputException fault = catchThrowableOfType(InvalidInputException.class, call);
        assertThat(fault).isNotNull();
        return fault;
    }
}
