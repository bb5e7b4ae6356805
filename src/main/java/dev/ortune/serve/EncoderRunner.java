package dev.ortune.serve;

import dev.ortune.batch.BatchRunner;
import dev.ortune.error.InternalException;
import java.util.List;
import org.jboss.logging.Logger;

/** Computes the batcher's batches, on its lanes and on the threads that help. */
final class EncoderRunner implements BatchRunner<TextItem> {

    private static final Logger LOG = Logger.getLogger(EncoderRunner.class);

    @Override
    public void run(List<TextItem> batch) {
        List<TextItem> live = batch.stream().filter(TextItem::begin).toList();
        try {
            if (!live.isEmpty()) {
                compute(live);
            }
        } finally {
            live.forEach(TextItem::end);
        }
    }

    private static void compute(List<TextItem> items) {
        try {
            computeTogether(items);
        } catch (RuntimeException e) {
            // Whatever it was, it may be one text's fault and must not be all tenants'.
            LOG.error("A batch failed; its texts are computed one by one", e);
            for (TextItem item : items) {
                try {
                    computeTogether(List.of(item));
                } catch (RuntimeException alone) {
                    item.fail(new InternalException("A text could not be computed.", alone));
                }
            }
        }
    }

    private static void computeTogether(List<TextItem> items) {
        long start = System.nanoTime();
        List<float[]> logits =
                items.get(0)
                        .base()
                        .encoder()
                        .logits(items.stream().map(TextItem::encoded).toList());
        long end = System.nanoTime();
        for (int i = 0; i < items.size(); i++) {
            items.get(i).complete(logits.get(i), start, end);
        }
    }
}
