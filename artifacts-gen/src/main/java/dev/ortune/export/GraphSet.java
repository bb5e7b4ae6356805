package dev.ortune.export;

import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.checkpoint.OrtCheckpointFile;
import dev.ortune.graph.AdapterPlan;
import dev.ortune.graph.ClassifierGraphs;
import dev.ortune.graph.EncoderConfig;
import dev.ortune.graph.op.DropoutMasks;
import dev.ortune.io.AtomicFiles;
import dev.ortune.onnx.proto.ModelProto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a job adds to a prepared base: its four graphs and its parameters' start.
 *
 * @param models the graphs by file name
 * @param parameters the start of every trainable parameter
 * @param plan what is adapted and trained
 * @param counts how many values that is
 * @param trainingEncoder the encoder's numbers as the training graph has them
 */
record GraphSet(
        Map<String, ModelProto> models,
        List<FloatTensor> parameters,
        AdapterPlan plan,
        ParameterCounts counts,
        EncoderConfig trainingEncoder) {

    static final String TRAINING_FILE = "training_model.onnx";
    static final String EVALUATION_FILE = "eval_model.onnx";
    static final String OPTIMIZER_FILE = "optimizer_model.onnx";
    static final String INFERENCE_FILE = "inference_model.onnx";
    static final String CHECKPOINT_FILE = "checkpoint";

    /** Every file that {@link #write} writes. */
    static final List<String> FILES =
            List.of(
                    TRAINING_FILE,
                    EVALUATION_FILE,
                    OPTIMIZER_FILE,
                    INFERENCE_FILE,
                    CHECKPOINT_FILE);

    /** Generates everything in memory; reads of the weights only what parameters start from. */
    static GraphSet generate(PreparedBase base, ExportOptions options) {
        ClassifierGraphs graphs = base.graphs(options.classifier());
        EncoderConfig encoder = base.model().config();
        Map<String, ModelProto> models = new LinkedHashMap<>();
        models.put(TRAINING_FILE, graphs.training(DropoutMasks.seeded(options.seed())));
        models.put(EVALUATION_FILE, graphs.evaluation());
        models.put(OPTIMIZER_FILE, graphs.optimizer(options.optimizer()));
        List<FloatTensor> start = new InitialParameters(base, options.seed()).of(graphs.plan());
        models.put(INFERENCE_FILE, AdaptableGraph.of(graphs.inference(), start));
        return new GraphSet(
                models,
                start,
                graphs.plan(),
                ParameterCounts.of(
                        base.model().structure(options.classifier().labels().size()),
                        graphs.plan()),
                options.classifier().modelDropout() ? encoder : encoder.withoutDropout());
    }

    ModelProto training() {
        return models.get(TRAINING_FILE);
    }

    List<GraphDescription> descriptions() {
        return models.entrySet().stream()
                .map(entry -> GraphDescription.of(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Writes graphs and checkpoint into a folder and hashes them. */
    List<HashedFile> write(Path directory) {
        List<HashedFile> written = new ArrayList<>();
        models.forEach(
                (name, model) -> {
                    AtomicFiles.write(directory.resolve(name), model::writeTo);
                    written.add(HashedFile.of(directory.resolve(name)));
                });
        AtomicFiles.write(
                directory.resolve(CHECKPOINT_FILE),
                out -> OrtCheckpointFile.write(out, parameters));
        written.add(HashedFile.of(directory.resolve(CHECKPOINT_FILE)));
        return written;
    }
}
