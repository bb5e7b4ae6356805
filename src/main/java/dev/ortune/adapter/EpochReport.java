package dev.ortune.adapter;

import dev.ortune.evaluation.Evaluation;
import java.util.Optional;

/**
 * What one epoch came to.
 *
 * @param epoch counted from 1; 0 for the model before training
 * @param trainingLoss the mean loss over the epoch's steps, absent before training
 * @param evaluation on the validation data, if there was any
 */
public record EpochReport(
        int epoch, Optional<Double> trainingLoss, Optional<Evaluation> evaluation) {}
