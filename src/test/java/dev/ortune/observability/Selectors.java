package dev.ortune.observability;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of PromQL expressions that read series: names with what they demand of labels. */
final class Selectors {

    private static final Pattern LABEL_LIST =
            Pattern.compile("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
    private static final Pattern RANGE = Pattern.compile("\\[[^\\]]*\\]");

    /** A name, perhaps with demands, that is no function. */
    private static final Pattern SELECTOR =
            Pattern.compile("([a-zA-Z_:][\\w:]*+)\\s*+(\\{[^}]*\\})?+(?!\\()");

    private static final Set<String> WORDS = Set.of("and", "or", "unless", "offset", "bool");

    private Selectors() {}

    static Set<String> of(String expression) {
        String bare = RANGE.matcher(LABEL_LIST.matcher(expression).replaceAll(" ")).replaceAll("");
        Set<String> found = new TreeSet<>();
        Matcher matcher = SELECTOR.matcher(bare);
        while (matcher.find()) {
            if (!WORDS.contains(matcher.group(1))) {
                found.add(matcher.group());
            }
        }
        return found;
    }
}
