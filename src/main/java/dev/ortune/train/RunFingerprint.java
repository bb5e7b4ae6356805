package dev.ortune.train;

import dev.ortune.adapter.Provenance;
import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.dataset.LabelledDataset;
import dev.ortune.dataset.LabelledExample;
import dev.ortune.export.PreparedBase;
import dev.ortune.io.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;

/**
 * A digest of all that decides a run's numbers: base, rows in their order, options, recipe, start,
 * threads and versions. Runs that share it go through the same states.
 */
final class RunFingerprint {

    private final MessageDigest digest = Sha256.newDigest();

    /**
     * The fingerprint of a run.
     *
     * @param words names and values of options, recipe and versions
     * @param start the parameters before training
     */
    static String of(
            PreparedBase base,
            FineTuningRequest request,
            Map<String, String> words,
            List<FloatTensor> start) {
        RunFingerprint fingerprint = new RunFingerprint();
        fingerprint.add(Provenance.weightsSha256(base));
        words.forEach((name, value) -> fingerprint.add(name, value));
        fingerprint.add(request.data().labels().names().toArray(String[]::new));
        fingerprint.add(request.data().training());
        request.data().validation().ifPresent(fingerprint::add);
        start.forEach(fingerprint::add);
        return Sha256.hex(fingerprint.digest);
    }

    private void add(LabelledDataset rows) {
        add("rows", Integer.toString(rows.examples().size()));
        for (LabelledExample example : rows.examples()) {
            add(example.text(), example.target().toString());
        }
    }

    private void add(FloatTensor tensor) {
        add(tensor.name());
        ByteBuffer bytes = ByteBuffer.allocate(tensor.values().length * Float.BYTES);
        bytes.asFloatBuffer().put(tensor.values());
        digest.update(bytes);
    }

    /** Each with its length, so that no two lists of words look alike. */
    private void add(String... words) {
        for (String word : words) {
            byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
            digest.update(bytes);
        }
    }
}
