package dev.ortune.repository;

import static dev.ortune.repository.TestVersions.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a repository does, wherever it keeps its models. */
abstract class AdapterRepositoryContract {

    @TempDir protected Path folder;

    protected AdapterRepository repository;

    /** A repository at the same place every time. */
    abstract AdapterRepository opened();

    @BeforeEach
    void open() {
        repository = opened();
    }

    @AfterEach
    void close() {
        repository.close();
    }

    @Test
    void theNewestVersionIsTheDefault() {
        publish(repository, "sentiment");
        PublishedVersion second = publish(repository, "sentiment");
        assertThat(second.number()).isEqualTo(2);
        assertThat(resolve("sentiment")).isEqualTo(second);
        assertThat(resolve("sentiment@1").number()).isEqualTo(1);
        assertThat(resolve("sentiment@default")).isEqualTo(second);
    }

    @Test
    void aVersionThatIsNotActivatedWaitsForItsTurn() {
        PublishedVersion first = publish(repository, publication(false, Optional.empty()));
        publish(repository, publication(false, Optional.of("canary")));
        assertThat(resolve("sentiment")).as("a first version is the default").isEqualTo(first);
        assertThat(resolve("sentiment@canary").number()).isEqualTo(2);
        repository.moveAlias(TestModels.named("sentiment"), "default", "canary");
        assertThat(resolve("sentiment").number()).isEqualTo(2);
    }

    @Test
    void anAliasGoesBackAsManyStepsAsItCame() {
        for (int i = 0; i < 3; i++) {
            publish(repository, publication(true, Optional.of("prod")));
        }
        repository.moveAlias(TestModels.named("sentiment"), "prod", "1");
        assertThat(back("prod")).isEqualTo(3);
        assertThat(back("prod")).isEqualTo(2);
        assertThat(back("prod")).isEqualTo(1);
        assertThat(code(() -> repository.rollBack(TestModels.named("sentiment"), "prod")))
                .isEqualTo(ErrorCode.VERSION_NOT_FOUND);
        assertThat(resolve("sentiment").number()).as("the default stayed").isEqualTo(3);
    }

    @Test
    void movingAnAliasToWhereItPointsIsNoStep() {
        publish(repository, "sentiment");
        publish(repository, "sentiment");
        repository.moveAlias(TestModels.named("sentiment"), "default", "2");
        assertThat(back("default")).isEqualTo(1);
    }

    @Test
    void aDeletedDefaultGoesBackToWhereItPointed() {
        for (int i = 0; i < 3; i++) {
            publish(repository, "sentiment");
        }
        repository.moveAlias(TestModels.named("sentiment"), "default", "1");
        repository.deleteVersion(TestModels.named("sentiment"), "1");
        assertThat(resolve("sentiment").number()).isEqualTo(3);
        repository.deleteVersion(TestModels.named("sentiment"), "2");
        assertThat(code(() -> back("default"))).isEqualTo(ErrorCode.VERSION_NOT_FOUND);
    }

    @Test
    void aDefaultThatPointedNowhereElseGoesToTheGreatestVersionLeft() {
        publish(repository, "sentiment");
        publish(repository, publication(false, Optional.empty()));
        publish(repository, publication(false, Optional.empty()));
        repository.deleteVersion(TestModels.named("sentiment"), "default");
        assertThat(resolve("sentiment").number()).isEqualTo(3);
    }

    @Test
    void aVersionThatAnAliasPointsToIsNotDeleted() {
        publish(repository, publication(true, Optional.of("prod")));
        publish(repository, "sentiment");
        InvalidInputException fault =
                fault(() -> repository.deleteVersion(TestModels.named("sentiment"), "1"));
        assertThat(fault.code()).isEqualTo(ErrorCode.VERSION_IN_USE);
        assertThat(fault).hasMessageContaining("the alias \"prod\" points to it");
        repository.deleteAlias(TestModels.named("sentiment"), "prod");
        repository.deleteVersion(TestModels.named("sentiment"), "1");
        assertThat(code(() -> resolve("sentiment@1"))).isEqualTo(ErrorCode.VERSION_NOT_FOUND);
    }

    @Test
    void theOnlyVersionGoesWithItsModel() {
        publish(repository, "sentiment");
        assertThat(code(() -> repository.deleteVersion(TestModels.named("sentiment"), "1")))
                .isEqualTo(ErrorCode.VERSION_IN_USE);
        repository.deleteModel(TestModels.named("sentiment"));
        assertThat(repository.models()).isEmpty();
        assertThat(code(() -> resolve("sentiment"))).isEqualTo(ErrorCode.MODEL_NOT_FOUND);
    }

    @Test
    void aNumberIsNeverGivenTwice() {
        publish(repository, "sentiment");
        publish(repository, "sentiment");
        repository.deleteVersion(TestModels.named("sentiment"), "2");
        reopen();
        assertThat(publish(repository, "sentiment").number()).isEqualTo(3);
    }

    @Test
    void whatWasPublishedIsThereAfterARestart() {
        publish(repository, publication(true, Optional.of("prod")));
        publish(repository, "sentiment");
        publish(repository, "topics");
        repository.moveAlias(TestModels.named("sentiment"), "default", "1");
        List<PublishedModel> before = repository.models();
        reopen();
        assertThat(repository.models()).isEqualTo(before);
        assertThat(back("default")).isEqualTo(2);
    }

    @Test
    void whatDoesNotExistIsToldWithARemedy() {
        publish(repository, "sentiment");
        assertThat(fault(() -> resolve("nothing")).remedy()).contains("/v1/models");
        for (String version : List.of("2", "01", "0", "9999999999999")) {
            assertThat(code(() -> resolve("sentiment@" + version)))
                    .isEqualTo(ErrorCode.VERSION_NOT_FOUND);
        }
        assertThat(code(() -> resolve("sentiment@prod"))).isEqualTo(ErrorCode.ALIAS_NOT_FOUND);
        assertThat(code(() -> repository.deleteAlias(TestModels.named("sentiment"), "prod")))
                .isEqualTo(ErrorCode.ALIAS_NOT_FOUND);
        assertThat(code(() -> repository.moveAlias(TestModels.named("nothing"), "prod", "1")))
                .isEqualTo(ErrorCode.MODEL_NOT_FOUND);
    }

    @Test
    void anAliasIsNoNumberAndTheDefaultStays() {
        publish(repository, "sentiment");
        for (String alias : List.of("2", "2nd", "", "a/b", "a".repeat(65))) {
            assertThat(code(() -> repository.moveAlias(TestModels.named("sentiment"), alias, "1")))
                    .isEqualTo(ErrorCode.INVALID_REQUEST);
        }
        assertThat(code(() -> repository.deleteAlias(TestModels.named("sentiment"), "default")))
                .isEqualTo(ErrorCode.INVALID_REQUEST);
    }

    @Test
    void aConfiguredFolderCannotBeChanged() {
        repository.mount("fixed", folder, TestVersions.record());
        assertThat(resolve("fixed@1").readOnly()).isTrue();
        assertThat(code(() -> publish(repository, "fixed"))).isEqualTo(ErrorCode.MODEL_READ_ONLY);
        assertThat(code(() -> repository.moveAlias(TestModels.named("fixed"), "prod", "1")))
                .isEqualTo(ErrorCode.MODEL_READ_ONLY);
        assertThat(code(() -> repository.deleteModel(TestModels.named("fixed"))))
                .isEqualTo(ErrorCode.MODEL_READ_ONLY);
        publish(repository, "sentiment");
        assertThat(code(() -> repository.mount("sentiment", folder, TestVersions.record())))
                .isEqualTo(ErrorCode.INVALID_OPTION);
    }

    @Test
    void listenersHearOfEveryChangeInItsOrder() {
        List<String> heard = new ArrayList<>();
        repository.listen(
                new RepositoryListener() {
                    @Override
                    public void published(PublishedVersion version) {
                        heard.add("published " + version.number());
                    }

                    @Override
                    public void deleted(PublishedVersion version) {
                        heard.add("deleted " + version.number());
                    }

                    @Override
                    public void aliasMoved(String alias, PublishedVersion target) {
                        heard.add(alias + " to " + target.number());
                        throw new IllegalStateException("a listener's own fault");
                    }
                });
        publish(repository, "sentiment");
        publish(repository, "sentiment");
        repository.deleteVersion(TestModels.named("sentiment"), "2");
        repository.deleteModel(TestModels.named("sentiment"));
        assertThat(heard)
                .containsExactly(
                        "published 1",
                        "default to 1",
                        "published 2",
                        "default to 2",
                        "deleted 2",
                        "default to 1",
                        "deleted 1");
    }

    @Test
    void aVersionKnowsItsAliases() {
        publish(repository, publication(true, Optional.of("prod")));
        PublishedModel model = repository.model(TestModels.named("sentiment"));
        assertThat(model.aliasesOf(1)).containsExactly("default", "prod");
        assertThat(model.aliasVersions()).isEqualTo(Map.of("default", 1, "prod", 1));
    }

    protected void reopen() {
        repository.close();
        open();
    }

    private PublishedVersion resolve(String reference) {
        return repository.resolve(TestModels.reference(reference));
    }

    private int back(String alias) {
        return repository.rollBack(TestModels.named("sentiment"), alias).aliasVersions().get(alias);
    }

    private static Publication publication(boolean activate, Optional<String> alias) {
        return new Publication(TestModels.named("sentiment"), activate, alias, Optional.empty());
    }

    static ErrorCode code(ThrowingCallable call) {
        return fault(call).code();
    }

    private static InvalidInputException fault(ThrowingCallable call) {
        InvalidInputException fault = catchThrowableOfType(InvalidInputException.class, call);
        assertThat(fault).isNotNull();
        assertThat(fault.remedy()).isNotBlank();
        return fault;
    }
}
