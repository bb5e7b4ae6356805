package dev.ortune.tuning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.ortune.dataset.check.DataCheckReport;

/** What was found in a job's rows, as JSON for their owner. */
public final class ReportDocument {

    private ReportDocument() {}

    /** A report, its names as in {@code faulty_rows}. */
    public static JsonNode of(DataCheckReport report) {
        return JsonMapper.builder()
                .addModule(new Jdk8Module())
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build()
                .valueToTree(report);
    }
}
