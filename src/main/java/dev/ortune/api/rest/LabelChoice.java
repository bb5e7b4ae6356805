package dev.ortune.api.rest;

import dev.ortune.api.inference.FieldFault;
import dev.ortune.serve.Classification;
import dev.ortune.serve.LabelScore;
import dev.ortune.serve.ModelDescription;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which labels of an answer a request wants, and as what.
 *
 * @param topK how many, the best first; all in the model's order without it
 * @param threshold the least probability
 * @param rawScores logits in place of probabilities, which still decide which labels
 */
record LabelChoice(Optional<Integer> topK, Optional<Double> threshold, boolean rawScores) {

    /**
     * What a request asks of a model.
     *
     * @throws dev.ortune.error.InvalidInputException {@code INVALID_REQUEST} for numbers that the
     *     model's labels do not allow
     */
    static LabelChoice of(ClassifyRequest request, ModelDescription model) {
        int labels = model.labelNames().size();
        if (request.topK().filter(count -> count < 1 || count > labels).isPresent()) {
            throw FieldFault.of(
                    "top_k", "The number must be from 1 to the model's " + labels + " labels");
        }
        if (request.threshold().filter(least -> !(least >= 0 && least <= 1)).isPresent()) {
            throw FieldFault.of("threshold", "The number must be from 0 to 1");
        }
        return new LabelChoice(request.topK(), request.threshold(), request.rawScores());
    }

    ClassifyResponse.Result apply(Classification answer) {
        List<LabelScore> probabilities = answer.scores();
        Comparator<Integer> best =
                Comparator.comparing(
                        label -> probabilities.get(label).score(), Comparator.reverseOrder());
        List<Integer> ranked =
                IntStream.range(0, probabilities.size()).boxed().sorted(best).toList();
        List<Integer> inOrder =
                topK.map(count -> ranked.subList(0, Math.min(count, ranked.size()))).orElse(ranked);
        List<LabelScore> chosen =
                (topK.isPresent() ? inOrder.stream() : inOrder.stream().sorted())
                        .filter(label -> isEnough(probabilities.get(label).score()))
                        .map(label -> shown(answer, label))
                        .toList();
        return new ClassifyResponse.Result(
                answer.label(), shown(answer, ranked.get(0)).score(), chosen);
    }

    private boolean isEnough(double probability) {
        return threshold.map(least -> probability >= least).orElse(true);
    }

    private LabelScore shown(Classification answer, int label) {
        LabelScore probability = answer.scores().get(label);
        return rawScores
                ? new LabelScore(probability.label(), answer.logits()[label])
                : probability;
    }
}
