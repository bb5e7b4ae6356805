package dev.ortune.export;

import dev.ortune.base.BaseModel;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.graph.EncoderConfig;
import dev.ortune.onnx.proto.ModelProto;
import dev.ortune.onnx.proto.OperatorSetIdProto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The {@code manifest.json} of exported artifacts: what they are, what they were made of, and the
 * hash of every other file.
 *
 * @param formatVersion of this file
 * @param producer {@value #PRODUCER}
 * @param ortuneVersion of the program that wrote it
 * @param onnx the versions that the graphs declare
 * @param onnxRuntimeVersion of the ONNX Runtime that they are made for
 * @param source the checkpoint
 * @param options the job's choices
 * @param parameters how many values are trained, and of how many
 * @param graphs the graphs' inputs and outputs
 * @param files every file of the folder but this one
 */
public record Manifest(
        int formatVersion,
        String producer,
        String ortuneVersion,
        Onnx onnx,
        String onnxRuntimeVersion,
        Source source,
        Options options,
        ParameterCounts parameters,
        List<GraphDescription> graphs,
        List<HashedFile> files) {

    /** The file's name. */
    public static final String FILE = "manifest.json";

    static final String PRODUCER = "ortune export";
    private static final int FORMAT_VERSION = 1;

    /**
     * The versions that the graphs declare.
     *
     * @param irVersion of the ONNX format
     * @param opsets the version of each operator domain
     */
    public record Onnx(long irVersion, Map<String, Long> opsets) {

        static Onnx of(ModelProto model) {
            Map<String, Long> opsets = new TreeMap<>();
            for (OperatorSetIdProto opset : model.getOpsetImportList()) {
                opsets.put(
                        opset.getDomain().isEmpty() ? "ai.onnx" : opset.getDomain(),
                        opset.getVersion());
            }
            return new Onnx(model.getIrVersion(), opsets);
        }
    }

    /**
     * The checkpoint.
     *
     * @param base what the user called it
     * @param origin where it came from, for people
     * @param commit the commit of the hub's repository, where it is known
     * @param files its files, hashed
     */
    public record Source(
            String base, String origin, Optional<String> commit, List<HashedFile> files) {

        public Source {
            files = List.copyOf(files);
        }
    }

    /**
     * The job's choices.
     *
     * @param loraRank r
     * @param loraAlpha the update is scaled by alpha / rank
     * @param loraDropout the rate on the update's input
     * @param targetModules full names of the adapted layers
     * @param modulesToSave full names of the layers that are trained whole
     * @param labels in the order of the logits
     * @param problemType {@code single_label} or {@code multi_label}
     * @param labelWeights one per label, if any
     * @param maxLengthTokens the longest text, special tokens included
     * @param hiddenDropout rate on embeddings and sub-layer outputs in training
     * @param attentionDropout rate on attention probabilities in training
     * @param classifierDropout rate before the classifier in training
     * @param weightDecay of the optimizer
     * @param clipNorm the largest global gradient norm, if any
     * @param seed of the new parameters and of the dropout masks
     */
    public record Options(
            int loraRank,
            double loraAlpha,
            double loraDropout,
            List<String> targetModules,
            List<String> modulesToSave,
            List<String> labels,
            String problemType,
            Optional<List<Float>> labelWeights,
            int maxLengthTokens,
            double hiddenDropout,
            double attentionDropout,
            double classifierDropout,
            double weightDecay,
            OptionalDouble clipNorm,
            long seed) {

        static Options of(ExportOptions options, GraphSet graphs) {
            ClassifierOptions classifier = options.classifier();
            EncoderConfig encoder = graphs.trainingEncoder();
            return new Options(
                    classifier.lora().rank(),
                    classifier.lora().alpha(),
                    classifier.lora().dropout(),
                    graphs.plan().adaptedModules().stream().map(module -> module.name()).toList(),
                    graphs.plan().trainedHead().stream().map(head -> head.linear().name()).toList(),
                    classifier.labels(),
                    classifier.problemType().optionName(),
                    classifier.labelWeights(),
                    options.maxLengthTokens(encoder),
                    encoder.hiddenDropout(),
                    encoder.attentionDropout(),
                    encoder.classifierDropout(),
                    options.optimizer().weightDecay(),
                    options.optimizer().clipNorm(),
                    options.seed());
        }
    }

    public Manifest {
        graphs = List.copyOf(graphs);
        files = List.copyOf(files);
    }

    static Manifest of(
            BuildInfo build,
            BaseModel source,
            BaseDescription base,
            ExportOptions options,
            GraphSet graphs,
            List<HashedFile> jobFiles) {
        List<HashedFile> files = new ArrayList<>(jobFiles);
        files.addAll(base.files());
        return new Manifest(
                FORMAT_VERSION,
                PRODUCER,
                build.ortuneVersion(),
                Onnx.of(graphs.training()),
                build.onnxRuntimeVersion(),
                new Source(
                        source.name(),
                        source.origin().description(),
                        source.origin().commit(),
                        base.sourceFiles()),
                Options.of(options, graphs),
                graphs.counts(),
                graphs.descriptions(),
                files);
    }

    /** Reads the manifest of a folder. */
    public static Manifest read(Path directory) {
        return JsonFile.read(directory.resolve(FILE), Manifest.class);
    }

    void write(Path directory) {
        JsonFile.write(directory.resolve(FILE), this);
    }
}
