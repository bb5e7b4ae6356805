package dev.ortune.repository;

import static dev.ortune.repository.TestVersions.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two tenants on one repository, each as if it were alone. */
class TenantModelsTest {

    private static final ModelName OURS = new ModelName("acme", "sentiment");
    private static final ModelName THEIRS = new ModelName("globex", "sentiment");

    @TempDir private Path folder;

    private AdapterRepository repository;

    @BeforeEach
    void open() {
        repository = AdapterRepository.open(folder);
    }

    @AfterEach
    void close() {
        repository.close();
    }

    @Test
    void tenantsHaveTheSameNameWithoutConflict() {
        PublishedVersion ours = publish(repository, Publication.of(OURS));
        PublishedVersion theirs = publish(repository, Publication.of(THEIRS));
        PublishedVersion nobodys = publish(repository, "sentiment");
        assertThat(List.of(ours.number(), theirs.number(), nobodys.number())).containsOnly(1);
        assertThat(repository.model(OURS).defaultVersion()).isEqualTo(ours);
        assertThat(repository.model(THEIRS).defaultVersion()).isEqualTo(theirs);
        repository.deleteModel(OURS);
        assertThat(repository.models())
                .extracting(model -> model.name().qualified())
                .containsExactly("sentiment", "globex~sentiment");
    }

    @Test
    void aTenantIsShownItsOwnModelsAndTheSharedOnes() {
        publish(repository, Publication.of(OURS));
        publish(repository, Publication.of(new ModelName("globex", "topics")));
        repository.mount("fixed", folder, TestVersions.record());
        assertThat(names("acme")).containsExactly("fixed", "sentiment");
        assertThat(names("globex")).containsExactly("fixed", "topics");
        assertThat(names("default")).containsExactly("fixed");
        assertThat(repository.sharedModels()).hasSize(1);
        assertThat(repository.models()).hasSize(3);
    }

    static Stream<Consumer<AdapterRepository>> whatNeedsTheModel() {
        ModelReference first = new ModelReference(THEIRS, Optional.of("1"));
        return Stream.of(
                repository -> repository.model(THEIRS),
                repository -> repository.resolve(first),
                repository -> repository.resolve(new ModelReference(THEIRS, Optional.empty())),
                repository -> repository.moveAlias(THEIRS, "prod", "1"),
                repository -> repository.rollBack(THEIRS, "prod"),
                repository -> repository.deleteAlias(THEIRS, "prod"),
                repository -> repository.deleteVersion(THEIRS, "1"),
                repository -> repository.deleteModel(THEIRS));
    }

    @ParameterizedTest
    @MethodSource("whatNeedsTheModel")
    void anotherTenantsModelIsAsIfItNeverWas(Consumer<AdapterRepository> action) {
        InvalidInputException never = fault(action);
        publish(repository, new Publication(OURS, true, Optional.of("prod"), Optional.empty()));
        PublishedModel before = repository.model(OURS);
        InvalidInputException hidden = fault(action);
        assertThat(hidden.code()).isEqualTo(never.code()).isEqualTo(ErrorCode.MODEL_NOT_FOUND);
        assertThat(hidden).hasMessage(never.getMessage()).hasMessageNotContaining("globex");
        assertThat(hidden.remedy()).isEqualTo(never.remedy());
        assertThat(repository.model(OURS)).isEqualTo(before);
    }

    @Test
    void aSharedModelIsEverybodysToAskAndNobodysToChange() {
        repository.mount("sentiment", folder, TestVersions.record());
        PublishedVersion version = repository.model(OURS).defaultVersion();
        assertThat(repository.model(THEIRS).defaultVersion()).isEqualTo(version);
        List<Consumer<AdapterRepository>> changes =
                List.of(
                        any -> publish(any, Publication.of(OURS)),
                        any -> any.requireChangeable(OURS),
                        any -> any.moveAlias(OURS, "prod", "1"),
                        any -> any.deleteModel(OURS));
        for (Consumer<AdapterRepository> change : changes) {
            assertThat(fault(change).code()).isEqualTo(ErrorCode.MODEL_READ_ONLY);
        }
    }

    @Test
    void aNameThatATenantHasIsNotSharedAndTheOperatorIsToldWhose() {
        publish(repository, Publication.of(OURS));
        assertThatThrownBy(() -> repository.mount("sentiment", folder, TestVersions.record()))
                .hasMessageContaining("of the tenant acme");
        assertThat(repository.sharedModels()).isEmpty();
    }

    @Test
    void eachTenantsModelsAreThereAfterARestart() {
        publish(repository, Publication.of(OURS));
        publish(repository, new Publication(OURS, false, Optional.of("next"), Optional.empty()));
        publish(repository, Publication.of(THEIRS));
        publish(repository, "sentiment");
        List<PublishedModel> before = repository.models();
        assertThat(folder.resolve("acme~sentiment/2/record.json")).exists();
        assertThat(folder.resolve("globex~sentiment/1/record.json")).exists();
        assertThat(folder.resolve("sentiment/1/record.json")).as("as ever").exists();
        reopen();
        assertThat(repository.models()).isEqualTo(before);
        repository.deleteVersion(OURS, "1");
        repository.deleteModel(THEIRS);
        reopen();
        assertThat(repository.model(OURS).aliasVersions()).containsEntry("next", 2);
        assertThat(names("globex")).isEmpty();
        assertThat(names("default")).containsExactly("sentiment");
    }

    @ParameterizedTest
    @ValueSource(strings = {"default~topics", "~topics", "acme~", "a~b~topics", "a b~topics"})
    void aFolderThatIsNoTenantsModelIsLeftOut(String name) throws IOException {
        publish(repository, "topics");
        close();
        Files.move(folder.resolve("topics"), folder.resolve(name));
        open();
        assertThat(repository.models()).isEmpty();
        assertThat(folder.resolve(name).resolve("1")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"globex~sentiment", "~sentiment", "sentiment~", "~"})
    void noNameThatAClientSaysReachesAnotherTenant(String said) {
        for (String reference : List.of(said, said + "@1")) {
            assertThatThrownBy(() -> ModelReference.parse("acme", reference))
                    .isInstanceOfSatisfying(
                            InvalidInputException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", ".a", "a/b", "a~b", "a b", "é"})
    void whatIsNoTenantNamesNoModel(String tenant) {
        assertThatThrownBy(() -> new ModelName(tenant, "sentiment"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesAndReferencesShowNoTenant() {
        assertThat(OURS).hasToString("sentiment");
        assertThat(ModelReference.parse("acme", "sentiment@prod")).hasToString("sentiment@prod");
        assertThat(ModelName.ofQualified(OURS.qualified())).isEqualTo(OURS);
        assertThat(ModelName.ofQualified("sentiment")).isEqualTo(TestModels.named("sentiment"));
    }

    private void reopen() {
        close();
        open();
    }

    private List<String> names(String tenant) {
        return repository.models(tenant).stream().map(model -> model.name().name()).toList();
    }

    private InvalidInputException fault(Consumer<AdapterRepository> action) {
        InvalidInputException fault =
                catchThrowableOfType(InvalidInputException.class, () -> action.accept(repository));
        assertThat(fault).isNotNull();
        return fault;
    }
}
