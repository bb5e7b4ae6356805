package dev.ortune.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubSettingsTest {

    @TempDir private Path folder;

    @Test
    void withoutVariablesThePublicHubAndTheUsualFoldersAreTaken() {
        HubSettings settings = HubSettings.fromEnvironment(Map.of("HOME", folder.toString()));

        assertThat(settings.endpoint()).isEqualTo(URI.create("https://huggingface.co"));
        assertThat(settings.token()).isEmpty();
        assertThat(settings.cacheDirectory()).isEqualTo(folder.resolve(".cache/huggingface/hub"));
        assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.offline()).isFalse();
    }

    @Test
    void theVariablesOfPythonsToolsAreRespected() {
        HubSettings settings =
                settings(
                        Map.of(
                                "HF_ENDPOINT", "http://mirror.example:8081/hf/",
                                "HF_TOKEN", " hf_abc\n",
                                "HF_HOME", "~/models",
                                "HF_HUB_OFFLINE", "yes"));

        assertThat(settings.endpoint()).isEqualTo(URI.create("http://mirror.example:8081/hf"));
        assertThat(settings.token()).contains("hf_abc");
        assertThat(settings.cacheDirectory()).isEqualTo(folder.resolve("models/hub"));
        assertThat(settings.offline()).isTrue();
        assertThat(settings(Map.of("HF_HUB_CACHE", "/c", "HF_HOME", "/h")).cacheDirectory())
                .isEqualTo(Path.of("/c"));
    }

    @Test
    void theStoredTokenIsReadWhenNoVariableHoldsOne() throws IOException {
        Files.writeString(folder.resolve("token"), "hf_stored\n");

        assertThat(settings(Map.of("HF_HOME", folder.toString())).token()).contains("hf_stored");
        assertThat(settings(Map.of("HF_HOME", folder.toString(), "HF_TOKEN", "hf_set")).token())
                .contains("hf_set");
    }

    @Test
    void theTokenIsNeverPrinted() {
        assertThat(settings(Map.of("HF_TOKEN", "hf_secret")).toString())
                .doesNotContain("hf_secret");

        InvalidInputException error =
                catchThrowableOfType(
                        InvalidInputException.class,
                        () -> settings(Map.of("HF_TOKEN", "hf_secret\r\nX: y")));

        assertThat(error).hasMessageNotContaining("hf_secret");
    }

    @Test
    void anEndpointThatIsNoWebAddressIsRefused() {
        for (String text :
                List.of("hub", "ftp://hub", "http://", "http://user:pw@hub", "http://a b")) {
            InvalidInputException error =
                    catchThrowableOfType(
                            InvalidInputException.class,
                            () -> settings(Map.of("HF_ENDPOINT", text)));

            assertThat(error).as(text).isNotNull();
            assertThat(error.code()).isEqualTo(ErrorCode.INVALID_OPTION);
        }
    }

    @Test
    void theHomeOfUnpackedBasesFollowsItsVariables() {
        assertThat(OrtuneHome.fromEnvironment(Map.of("ORTUNE_HOME", "/o", "XDG_CACHE_HOME", "/x")))
                .isEqualTo(new OrtuneHome(Path.of("/o")));
        assertThat(OrtuneHome.fromEnvironment(Map.of("ORTUNE_HOME", "", "XDG_CACHE_HOME", "/x")))
                .isEqualTo(new OrtuneHome(Path.of("/x/ortune")));
        assertThat(OrtuneHome.fromEnvironment(Map.of("HOME", "/home/someone")))
                .isEqualTo(new OrtuneHome(Path.of("/home/someone/.cache/ortune")));
    }

    private HubSettings settings(Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(variables);
        all.put("HOME", folder.toString());
        return HubSettings.fromEnvironment(all);
    }
}
