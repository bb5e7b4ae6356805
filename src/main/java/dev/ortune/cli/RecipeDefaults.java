package dev.ortune.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Fills options that the command line leaves out from the file that {@code --recipe} names. */
final class RecipeDefaults implements IDefaultValueProvider {

    private static final String RECIPE = "--recipe";

    @Override
    public String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || option.longestName().equals(RECIPE)) {
            return null;
        }
        Optional<Path> file = argument.command().findOption(RECIPE).getValue();
        return file.flatMap(
                        path ->
                                RecipeFile.read(path, argument.command())
                                        .value(option.longestName()))
                .orElse(null);
    }
}
