package dev.ortune.api.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.adapter.LabelScheme;
import dev.ortune.graph.ProblemType;
import dev.ortune.repository.ModelReference;
import dev.ortune.serve.ModelDescription;
import dev.ortune.serve.ModelRegistry;
import dev.ortune.serve.ServeConfiguration;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DefaultModelTest {

    private static final Models MODELS =
            new Models(Map.of("acme", List.of("reviews"), "globex", List.of("topics", "spam")));

    @Test
    void theOnlyModelThatATenantSeesIsItsDefault() {
        DefaultModel model = new DefaultModel(configured(Map.of()), MODELS);
        assertThat(model.reference("acme")).isEqualTo(ModelReference.parse("acme", "reviews"));
        assertThatThrownBy(() -> model.reference("globex"))
                .hasMessageContaining("there are 2 to choose from");
        assertThatThrownBy(() -> model.reference("initech"))
                .hasMessageContaining("there are 0 to choose from");
    }

    @Test
    void aConfiguredNameIsTheAskingTenantsOwn() {
        DefaultModel model =
                new DefaultModel(configured(Map.of("ortune.default-model", "topics@2")), MODELS);
        for (String tenant : List.of("acme", "globex")) {
            assertThat(model.reference(tenant)).isEqualTo(ModelReference.parse(tenant, "topics@2"));
        }
    }

    private static ServeConfiguration configured(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withMapping(ServeConfiguration.class)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(ServeConfiguration.class);
    }

    /** The names that each tenant sees; nothing else of a registry is asked. */
    private record Models(Map<String, List<String>> names) implements ModelRegistry {

        @Override
        public List<ModelDescription> models(String tenant) {
            return names.getOrDefault(tenant, List.of()).stream()
                    .map(
                            name ->
                                    new ModelDescription(
                                            name,
                                            "1",
                                            List.of("1"),
                                            Map.of(),
                                            "base",
                                            new LabelScheme(
                                                    List.of("no", "yes"), ProblemType.SINGLE_LABEL),
                                            512,
                                            java.time.Instant.EPOCH,
                                            false))
                    .toList();
        }

        @Override
        public List<ModelDescription> sharedModels() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ModelDescription describe(ModelReference reference) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isReady(ModelReference reference) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void load(ModelReference reference) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void unload(ModelReference reference) {
            throw new UnsupportedOperationException();
        }
    }
}
