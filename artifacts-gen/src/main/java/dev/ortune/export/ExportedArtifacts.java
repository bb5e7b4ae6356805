package dev.ortune.export;

import java.nio.file.Path;

/**
 * What an export has left.
 *
 * @param directory the folder
 * @param manifest its manifest
 * @param weightsReused whether the folder held the base's weights already, so that only graphs,
 *     checkpoint and manifest were written
 */
public record ExportedArtifacts(Path directory, Manifest manifest, boolean weightsReused) {}
