package dev.ortune.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.serve.BatchConfiguration;
import dev.ortune.serve.DatabaseConfiguration;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Faults as SmallRye Config really tells them. */
class SettingFaultsTest {

    @Test
    void aSettingOutOfItsRangeIsNamed() {
        assertThat(refusal(Map.of("ortune.batch.lanes", "65")))
                .hasMessage(
                        "The setting ortune.batch.lanes is \"65\": It must be a whole number from 1 to"
                                + " 64.");
    }

    @Test
    void allThatAreWrongAreToldAtOnce() {
        assertThat(
                        refusal(
                                Map.of(
                                        "ortune.batch.lanes", "none",
                                        "ortune.database.patience", "soon")))
                .hasMessageContainingAll(
                        "Settings are wrong:",
                        "ortune.batch.lanes is \"none\": It must be a whole number from 1 to 64",
                        "ortune.database.patience is \"soon\": ")
                .hasMessageNotContainingAny("SRCFG", "Exception");
    }

    @Test
    void aSettingThatNobodyKnowsIsNamed() {
        assertThat(refusal(Map.of("ortune.batch.lane", "2")))
                .hasMessageContaining("ortune.batch.lane ")
                .hasMessageNotContainingAny("SRCFG", "Exception");
    }

    private static InvalidInputException refusal(Map<String, String> settings) {
        InvalidInputException refusal =
                SettingFaults.of(
                        catchThrowableOfType(
                                ConfigValidationException.class,
                                () ->
                                        new SmallRyeConfigBuilder()
                                                .withMapping(BatchConfiguration.class)
                                                .withMapping(DatabaseConfiguration.class)
                                                .withSources(
                                                        new PropertiesConfigSource(
                                                                settings, "test", 500))
                                                .build()));
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_OPTION);
        assertThat(refusal.remedy()).contains("config/application.properties");
        return refusal;
    }
}
