package dev.ortune.bench.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ortune.console.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class BenchRunTest {

    private enum Plan {
        FEW_LONG,
        MANY_SHORT
    }

    private enum Size {
        SMALL,
        LARGE
    }

    @Command(name = "bench/nothing")
    private static final class Nothing implements Callable<Integer> {

        private final Console console;
        private final Map<String, String> environment;

        @Option(names = "--plan")
        private Plan plan = Plan.FEW_LONG;

        @Option(names = "--size")
        private Size size = Size.SMALL;

        @Option(names = "--pairs")
        private int pairs = 1;

        private Nothing(Console console, Map<String, String> environment) {
            this.console = console;
            this.environment = environment;
        }

        @Override
        public Integer call() {
            Numbers.atLeast("--pairs", 1, pairs);
            console.out().print(plan + " " + size + " " + environment.get("PLACE"));
            return 1;
        }
    }

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(strings = {"many-short", "MANY_SHORT", "Many-Short"})
    void constantsAreWordsAndTheBenchmarkHasTheLastOne(String word) {
        assertThat(run("--plan", word, "--size", "large")).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("MANY_SHORT LARGE here");
    }

    @Test
    void aWordThatIsNoneIsBadInput() {
        assertThat(run("--plan", "few")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("--plan").contains("few");
    }

    @Test
    void whatTheBenchmarkRefusesIsBadInput() {
        assertThat(run("--pairs", "0")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("--pairs must be at least 1, not 0.");
    }

    private int run(String... arguments) {
        Console console = new Console(stream(out), stream(err), false, false, false);
        return new BenchRun(Nothing::new)
                .words(Plan.class)
                .run(console, Map.of("PLACE", "here"), arguments);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
