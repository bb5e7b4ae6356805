package dev.ortune.repository;

import dev.ortune.error.InvalidInputException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Exports of published versions, by format. Thread-safe. */
public final class AdapterExports {

    private final AdapterRepository repository;
    private final Map<ExportFormat, ExportWriter> writers = new EnumMap<>(ExportFormat.class);

    /** Exports in every format. */
    public AdapterExports(AdapterRepository repository, KnownBases bases) {
        this.repository = repository;
        List<ExportWriter> all =
                List.of(
                        new PeftExport(),
                        new WeightsExport(
                                bases,
                                ExportFormat.ONNX_ADAPTER,
                                ".onnx_adapter",
                                new OrtAdapterContent()),
                        new WeightsExport(
                                bases, ExportFormat.ONNX, ".onnx", new MergedModelContent()));
        all.forEach(writer -> writers.put(writer.format(), writer));
    }

    /**
     * Begins an export; the caller closes it.
     *
     * @param format as {@link ExportFormat#optionName()}
     * @throws InvalidInputException {@code INVALID_REQUEST} for a format that is not offered, with
     *     those that are; {@code MODEL_TOO_LARGE}; else as {@link AdapterRepository#resolve} and
     *     {@link KnownBases#of}
     */
    public Export open(ModelReference reference, String format) {
        ExportWriter writer =
                ExportFormat.named(format)
                        .flatMap(known -> Optional.ofNullable(writers.get(known)))
                        .orElseThrow(this::notOffered);
        return writer.export(repository.resolve(reference));
    }

    private InvalidInputException notOffered() {
        return RepositoryFault.invalid(
                "The format is not one that this service exports.",
                "Ask for format="
                        + writers.keySet().stream()
                                .map(ExportFormat::optionName)
                                .collect(Collectors.joining(" or format="))
                        + ".");
    }
}
