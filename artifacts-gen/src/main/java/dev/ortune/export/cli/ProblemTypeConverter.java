package dev.ortune.export.cli;

import dev.ortune.graph.ProblemType;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a problem type by its name on the command line. */
public final class ProblemTypeConverter implements ITypeConverter<ProblemType> {

    @Override
    public ProblemType convert(String text) {
        return Arrays.stream(ProblemType.values())
                .filter(type -> type.optionName().equals(text))
                .findFirst()
                .orElseThrow(() -> unknown(text));
    }

    private static TypeConversionException unknown(String text) {
        return new TypeConversionException(
                Arrays.stream(ProblemType.values())
                        .map(ProblemType::optionName)
                        .collect(
                                Collectors.joining(
                                        " or ", "expected ", " but was '" + text + "'")));
    }
}
