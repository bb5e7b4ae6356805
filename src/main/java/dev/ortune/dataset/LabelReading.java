package dev.ortune.dataset;

import dev.ortune.graph.ProblemType;

/** What a reader looks for beside the text. */
enum LabelReading {
    NONE,
    ONE,
    SEVERAL;

    static LabelReading of(ProblemType problemType) {
        return problemType == ProblemType.SINGLE_LABEL ? ONE : SEVERAL;
    }
}
