package dev.ortune.api.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ortune.repository.AliasHistory;
import dev.ortune.repository.PublishedModel;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A model with its versions and aliases.
 *
 * @param id the name too, as OpenAI's clients expect
 * @param object {@code model}
 * @param created seconds since 1970
 * @param ownedBy the tenant, or {@code system} for a model of all tenants
 * @param name the model's name
 * @param readOnly whether the configuration names it, so that it cannot be changed
 * @param aliases by name; a bare model name means {@code default}
 * @param versions ascending by number
 */
@Schema(name = "PublishedModel")
public record ModelResponse(
        String id,
        String object,
        long created,
        @JsonProperty("owned_by") String ownedBy,
        String name,
        @JsonProperty("read_only") boolean readOnly,
        SortedMap<String, Alias> aliases,
        List<VersionResponse> versions) {

    /**
     * Where an alias points.
     *
     * @param version the version's number
     * @param history where it pointed, the oldest first, the current last
     */
    @Schema(name = "Alias")
    public record Alias(String version, List<Target> history) {

        static Alias of(AliasHistory alias) {
            return new Alias(
                    Integer.toString(alias.version()),
                    alias.targets().stream()
                            .map(
                                    target ->
                                            new Target(
                                                    Integer.toString(target.version()),
                                                    target.since()))
                            .toList());
        }
    }

    /**
     * Where an alias points or pointed.
     *
     * @param version the version's number
     * @param since when it was pointed there
     */
    @Schema(name = "AliasTarget")
    public record Target(String version, Instant since) {}

    static ModelResponse of(PublishedModel model) {
        SortedMap<String, Alias> aliases = new TreeMap<>();
        model.aliases().forEach((name, alias) -> aliases.put(name, Alias.of(alias)));
        return new ModelResponse(
                model.name().name(),
                "model",
                model.defaultVersion().record().published().getEpochSecond(),
                model.readOnly() ? "system" : model.name().tenant(),
                model.name().name(),
                model.readOnly(),
                aliases,
                model.versions().stream()
                        .map(version -> VersionResponse.of(model, version))
                        .toList());
    }
}
