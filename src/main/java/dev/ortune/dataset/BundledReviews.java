package dev.ortune.dataset;

import dev.ortune.error.InternalException;
import dev.ortune.graph.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * 1,000 + 1,000 film reviews of the Large Movie Review Dataset (Maas et al. 2011), which the
 * quickstart trains on; see {@code reviews/README.md} in the resources.
 */
public final class BundledReviews {

    private static final String FOLDER = "/reviews/";

    private final DatasetReader reader =
            new DatasetReader(DatasetOptions.of(ProblemType.SINGLE_LABEL));

    public Dataset training() {
        return read("imdb-train.csv.gz");
    }

    public Dataset validation() {
        return read("imdb-validation.csv.gz");
    }

    /** The files hold 0 and 1. */
    public LabelSet labels() {
        return LabelSet.of(List.of("negative", "positive"));
    }

    /** Both sets with their labels looked up. */
    public TrainingData trainingData() {
        return TrainingData.of(
                training(), Optional.of(validation()), labels(), ProblemType.SINGLE_LABEL);
    }

    private Dataset read(String fileName) {
        try (InputStream content = BundledReviews.class.getResourceAsStream(FOLDER + fileName)) {
            if (content == null) {
                throw new InternalException("The bundled file " + fileName + " is missing.");
            }
            return reader.read(fileName, content);
        } catch (IOException e) {
            throw new InternalException("The bundled file " + fileName + " cannot be read.", e);
        }
    }
}
