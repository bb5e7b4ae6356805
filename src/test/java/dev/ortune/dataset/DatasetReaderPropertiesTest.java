package dev.ortune.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ortune.error.InvalidInputException;
import dev.ortune.graph.ProblemType;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class DatasetReaderPropertiesTest {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final DatasetReader READER =
            new DatasetReader(DatasetOptions.of(ProblemType.SINGLE_LABEL));

    @Property(tries = 300)
    void whatIsWrittenAsCsvIsReadBack(@ForAll("rows") @Size(min = 1, max = 20) List<Example> rows) {
        StringBuilder csv = new StringBuilder("label,text\r\n");
        for (Example row : rows) {
            csv.append(row.labels().get(0));
            csv.append(",\"").append(row.text().replace("\"", "\"\"")).append("\"\r\n");
        }
        assertThat(read("a.csv", utf8(csv.toString()))).isEqualTo(rows);
    }

    @Property(tries = 300)
    void whatIsWrittenAsJsonIsReadBack(@ForAll("rows") @Size(min = 1, max = 20) List<Example> rows)
            throws JsonProcessingException {
        List<String> objects = new ArrayList<>();
        for (Example row : rows) {
            objects.add(
                    MAPPER.writeValueAsString(
                            Map.of("text", row.text(), "label", row.labels().get(0))));
        }
        assertThat(read("a.jsonl", utf8(String.join("\n", objects)))).isEqualTo(rows);
        assertThat(read("a.json", utf8("[" + String.join(",", objects) + "]"))).isEqualTo(rows);
    }

    @Property(tries = 500)
    void anyBytesAreReadOrRefusedAsInput(@ForAll @Size(max = 200) byte[] tail) {
        for (String name : List.of("a.csv", "a.tsv", "a.jsonl", "a.json", "a.csv.gz")) {
            byte[] head = utf8(name.startsWith("a.j") ? "[{\"text\":" : "text,label\na,b\n");
            byte[] content = new byte[head.length + tail.length];
            System.arraycopy(head, 0, content, 0, head.length);
            System.arraycopy(tail, 0, content, head.length, tail.length);
            try {
                assertThat(read(name, content)).isNotEmpty();
            } catch (InvalidInputException e) {
                assertThat(e).hasMessageContaining(name);
            }
        }
    }

    @Provide
    Arbitrary<List<Example>> rows() {
        Arbitrary<String> texts =
                Arbitraries.strings()
                        .withChars("ab ,|\"'\t\n\\{}é漢\u00a0\u2028")
                        .ofMaxLength(40)
                        .map(text -> text + "x");
        Arbitrary<String> labels = Arbitraries.strings().alpha().numeric().ofLength(3);
        return Combinators.combine(texts, labels)
                .as((text, label) -> new Example(text, List.of(label)))
                .list();
    }

    private static List<Example> read(String name, byte[] content) {
        return READER.read(name, new ByteArrayInputStream(content)).examples();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
