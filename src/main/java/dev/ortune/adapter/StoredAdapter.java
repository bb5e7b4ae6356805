package dev.ortune.adapter;

import java.nio.file.Path;
import java.util.Optional;

/**
 * An adapter folder as it was read.
 *
 * @param directory the folder
 * @param adapter the adapter
 * @param limits how it wants long texts to be cut
 * @param tokenizer its own {@code tokenizer.json}, if it has one; else the base's holds
 * @param provenance its {@code ortune.json}, if it was made here
 */
public record StoredAdapter(
        Path directory,
        Adapter adapter,
        TextLimits limits,
        Optional<Path> tokenizer,
        Optional<Provenance> provenance) {}
