package dev.ortune.cli;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import io.smallrye.config.ConfigValidationException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is wrong with settings, in words for whoever gave them. */
final class SettingFaults {

    /** A value of another type, as SmallRye Config tells it; within it is what the type's reader said. */
    private static final Pattern UNREADABLE =
            Pattern.compile(
                    ".*SRCFG00039: The config property (\\S+) with the config value \"(.*)\" threw an"
                            + " Exception whilst being converted (.*)",
                    Pattern.DOTALL);

    private static final Pattern CODE = Pattern.compile("\\b[\\w.]+Exception: |SRCFG\\d+: ");

    private SettingFaults() {}

    /** All of them in one error: {@code INVALID_OPTION}. */
    static InvalidInputException of(ConfigValidationException faults) {
        List<String> told = new ArrayList<>();
        for (int problem = 0; problem < faults.getProblemCount(); problem++) {
            told.add(tell(faults.getProblem(problem).getMessage()));
        }
        return new InvalidInputException(
                ErrorCode.INVALID_OPTION,
                told.size() == 1
                        ? "The setting " + told.get(0) + "."
                        : "Settings are wrong:\n    " + String.join("\n    ", told),
                "Correct it where it comes from: the environment, a system property or"
                        + " config/application.properties.",
                faults);
    }

    private static String tell(String problem) {
        Matcher unreadable = UNREADABLE.matcher(problem);
        return unreadable.matches()
                ? unreadable.group(1)
                        + " is \""
                        + unreadable.group(2)
                        + "\": "
                        + CODE.matcher(unreadable.group(3)).replaceAll("")
                : CODE.matcher(problem).replaceAll("");
    }
}
