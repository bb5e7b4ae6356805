package dev.ortune.bench.serve;

import dev.ortune.bench.serve.load.ClosedLoop;
import dev.ortune.bench.serve.load.HttpClient;
import dev.ortune.bench.serve.load.LoadPlan;
import dev.ortune.bench.serve.load.ProcessMemory;
import dev.ortune.bench.serve.load.ServerProcess;
import dev.ortune.bench.serve.load.TextRequest;
import dev.ortune.bench.tool.Finding;
import dev.ortune.error.InternalException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * What registered adapters cost: the service with many of them, all asked for so that the budget is
 * full, against the service with one, after the same number of requests.
 */
final class MemoryScenario implements Scenario {

    private static final double MEGABYTE = 1e6;
    private static final double ALLOWED_MEGABYTES = 100;
    private static final int CLIENTS = 16;

    /** Every adapter is asked for so often. */
    private static final int PASSES = 2;

    @Override
    public void run(Workshop workshop, ServeReport report) {
        TextSet texts = workshop.texts(TextKind.SST2);
        report.add(texts);
        int registered = workshop.options().registered();
        Resident one = measure(workshop, report, texts, 1, registered);
        Resident many = measure(workshop, report, texts, registered, registered);
        double budget = MemorySize.parse(workshop.options().memoryBudget());
        report.add(Finding.fact("budget", budget / MEGABYTE, "MB"));
        report.add(
                Finding.fact(
                        "cost above the budget, as it stands",
                        (many.before() - one.before() - budget) / MEGABYTE,
                        "MB"));
        report.add(
                Finding.atMost(
                        "cost above the budget, garbage collected",
                        (many.after() - one.after() - budget) / MEGABYTE,
                        "MB",
                        ALLOWED_MEGABYTES));
    }

    private static Resident measure(
            Workshop workshop, ServeReport report, TextSet texts, int adapters, int requests) {
        List<Path> folders = workshop.adapters("memory-" + adapters, adapters);
        Map<String, String> budget =
                Map.of(ManyAdaptersScenario.BUDGET, workshop.options().memoryBudget());
        try (ServerProcess server = workshop.start(Side.ORTUNE, folders, budget)) {
            LongFunction<TextRequest> every =
                    Requests.forMany(
                            texts,
                            sequence ->
                                    RandomAdapters.name(
                                            (int) Math.floorMod(sequence, (long) adapters)));
            int answers = (PASSES * requests + CLIENTS - 1) / CLIENTS;
            ClosedLoop.run(
                    () -> new HttpClient(server.port(), every),
                    new LoadPlan(
                            CLIENTS,
                            workshop.options().warmUp(),
                            workshop.options().window(),
                            answers,
                            0));
            long before = resident(server);
            collectGarbage(server);
            Resident resident = new Resident(before, resident(server));
            String with = " with " + adapters + " adapter(s)";
            report.add(Finding.fact("RSS" + with, before / MEGABYTE, "MB"));
            report.add(
                    Finding.fact(
                            "RSS" + with + ", garbage collected",
                            resident.after() / MEGABYTE,
                            "MB"));
            return resident;
        }
    }

    private static long resident(ServerProcess server) {
        Workshop.requireLinux(ProcessMemory.residentBytes(server.pid()).isPresent());
        return ProcessMemory.residentBytes(server.pid()).getAsLong();
    }

    /** So that what the collector has not got round to is not taken for a cost of adapters. */
    private static void collectGarbage(ServerProcess server) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            int code =
                    new ProcessBuilder(jcmd, Long.toString(server.pid()), "GC.run")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor();
            if (code != 0) {
                throw new InternalException("jcmd failed with exit code " + code + ".");
            }
        } catch (IOException e) {
            throw new InternalException("jcmd cannot be run: a whole JDK is needed.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InternalException("The benchmark was interrupted.", e);
        }
    }

    /**
     * A process's resident memory, bytes.
     *
     * @param before its garbage was collected
     * @param after it was
     */
    private record Resident(long before, long after) {}
}
