package dev.ortune.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ortune.console.Console;
import dev.ortune.console.OutputOptions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ortune doctor}: what is missing on this machine, and what to do about it. */
@Command(
        name = "doctor",
        header = "What this machine lacks, and what to do about it.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Checks what training and serving need on this machine. Exit code 1 when something that",
            "they cannot do without is missing."
        })
final class DoctorCommand implements Callable<Integer> {

    private final Workshop workshop;

    @Mixin private OutputOptions output;

    DoctorCommand(Workshop workshop) {
        this.workshop = workshop;
    }

    @Override
    public Integer call() {
        List<Finding> findings = new MachineCheckup(workshop).findings();
        Console console = workshop.console();
        if (console.json()) {
            console.out().println(json(findings));
        } else {
            findings.forEach(finding -> console.out().println(finding.text()));
        }
        return findings.stream().anyMatch(finding -> finding.state() == Finding.State.MISSING)
                ? 1
                : 0;
    }

    private static ObjectNode json(List<Finding> findings) {
        ObjectNode root = JsonMapper.builder().build().createObjectNode();
        ArrayNode checks = root.putArray("checks");
        for (Finding finding : findings) {
            ObjectNode check = checks.addObject();
            check.put("check", finding.subject());
            check.put("state", finding.state().word());
            check.put("detail", finding.detail());
            if (!finding.remedy().isEmpty()) {
                check.put("remedy", finding.remedy());
            }
        }
        return root;
    }
}
