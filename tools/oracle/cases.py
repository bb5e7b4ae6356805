"""The golden cases: which model, which adapter, which data, which recipe."""

import random
from dataclasses import dataclass
from typing import Optional, Sequence

from tiny_bases import MAXIMUM_POSITIONS, VOCABULARY_SIZE
from training import Batch, Objective, Recipe

CLS_ID = 2
SEP_ID = 3
FIRST_WORD_ID = 4
EPOCHS = 3
SNAPSHOT_STEPS = 10

DISTILBERT_LINEARS = ["q_lin", "k_lin", "v_lin", "out_lin", "lin1", "lin2"]
BERT_LINEARS = ["query", "key", "value", "intermediate.dense", "output.dense"]


@dataclass(frozen=True)
class Case:
    name: str
    seed: int
    base: str
    rank: int
    alpha: float
    targets: Sequence[str]
    labels: int
    lengths: Sequence[Sequence[int]]
    recipe: Recipe
    objective: Objective = Objective()
    modules_to_save: Optional[Sequence[str]] = None
    peft_initialization: bool = False

    def batches(self) -> list:
        return make_batches(self.lengths, self.labels, self.objective.multi_label, self.seed)


def make_batches(lengths, labels: int, multi_label: bool, seed: int) -> list:
    source = random.Random(seed)
    return [make_batch(source, row_lengths, labels, multi_label) for row_lengths in lengths]


def make_batch(source: random.Random, lengths, labels: int, multi_label: bool) -> Batch:
    rows = [make_row(source, length) for length in lengths]
    if multi_label:
        return Batch(rows, [[source.randrange(2) for _ in range(labels)] for _ in rows])
    return Batch(rows, [source.randrange(labels) for _ in rows])


def make_row(source: random.Random, length: int) -> list:
    words = [source.randrange(FIRST_WORD_ID, VOCABULARY_SIZE) for _ in range(max(0, length - 2))]
    return ([CLS_ID] + words + [SEP_ID])[:length]


FULL = MAXIMUM_POSITIONS
# Each list of lengths is an epoch: four batches make 12 steps of 3 epochs, five make 15.
MIXED = [[7, 1, FULL], [5, 12], [FULL, 3, 9, 1, 16], [10], [2, 6, 18, 11]]
SMALL = [[4, 9, 1, FULL, 13], [8, 8], [FULL], [1, 17, 6]]
EVEN = [[9, 9, 9, 9], [FULL, FULL], [5, 5, 5], [14]]
LONG_AND_ONE = [[1, FULL], [FULL, 1, 1], [11, 20, 2, 7, 3], [6, FULL, 15]]
PAIRS = [[6, 1, 13], [FULL, 4], [9], [12, 7, 3, 20], [1, 10], [16, 5, 8], [FULL, 2, 11], [15, 3]]

CASES = [
    Case(
        "distilbert-q-r4-recipe",
        101,
        "distilbert-tiny",
        4,
        32,
        ["q_lin"],
        2,
        MIXED,
        Recipe(1e-3, clip_norm=1.0),
        peft_initialization=True,
    ),
    Case(
        "distilbert-q-r1-clipped",
        102,
        "distilbert-tiny",
        1,
        1,
        ["q_lin"],
        2,
        SMALL,
        Recipe(2e-3, clip_norm=0.05),
    ),
    Case(
        "distilbert-qv-r8-three-labels",
        103,
        "distilbert-tiny",
        8,
        16,
        ["q_lin", "v_lin"],
        3,
        MIXED,
        Recipe(1e-3, clip_norm=1000.0, warmup_steps=3),
    ),
    Case(
        "distilbert-k-r4-class-weights",
        104,
        "distilbert-tiny",
        4,
        8,
        ["k_lin"],
        3,
        LONG_AND_ONE,
        Recipe(1e-3, clip_norm=1000.0, schedule="constant"),
        Objective(class_weights=[0.5, 2.0, 1.25]),
    ),
    Case(
        "distilbert-out-r1-seven-labels",
        105,
        "distilbert-tiny",
        1,
        4,
        ["out_lin"],
        7,
        EVEN,
        Recipe(5e-3, weight_decay=0.1, clip_norm=0.5),
    ),
    Case(
        "distilbert-ffn-r4-multi-label",
        106,
        "distilbert-tiny",
        4,
        4,
        ["lin1", "lin2"],
        3,
        MIXED,
        Recipe(1e-3, clip_norm=1000.0),
        Objective(multi_label=True),
    ),
    Case(
        "distilbert-all-r8-accumulation",
        107,
        "distilbert-tiny",
        8,
        32,
        DISTILBERT_LINEARS,
        2,
        PAIRS,
        Recipe(1e-3, clip_norm=1.0, warmup_steps=2, accumulation=2),
    ),
    Case(
        "distilbert-prefixed-all-r4",
        108,
        "distilbert-tiny-prefixed",
        4,
        16,
        DISTILBERT_LINEARS,
        2,
        SMALL,
        Recipe(5e-4, clip_norm=1000.0, schedule="constant", weight_decay=0.0),
    ),
    Case(
        "bert-query-r4-recipe",
        109,
        "bert-tiny",
        4,
        32,
        ["query"],
        2,
        MIXED,
        Recipe(1e-3, clip_norm=1.0),
        peft_initialization=True,
    ),
    Case(
        "bert-query-value-r8-class-weights",
        110,
        "bert-tiny",
        8,
        4,
        ["query", "value"],
        7,
        LONG_AND_ONE,
        Recipe(1e-3, clip_norm=0.2, warmup_steps=2),
        Objective(class_weights=[1.0, 0.25, 3.0, 1.5, 0.75, 2.0, 0.5]),
    ),
    Case(
        "bert-key-r1-constant",
        111,
        "bert-tiny",
        1,
        2,
        ["key"],
        3,
        SMALL,
        Recipe(2e-3, clip_norm=1000.0, schedule="constant", warmup_steps=4),
    ),
    Case(
        "bert-attention-output-r4-multi-label",
        112,
        "bert-tiny",
        4,
        8,
        ["attention.output.dense"],
        7,
        SMALL,
        Recipe(1e-3, clip_norm=0.1),
        Objective(
            multi_label=True, positive_weights=[1.0, 3.0, 0.5, 2.0, 1.5, 4.0, 0.25]
        ),
    ),
    Case(
        "bert-ffn-r8-accumulation",
        113,
        "bert-tiny",
        8,
        8,
        ["intermediate.dense", "output.dense"],
        2,
        PAIRS,
        Recipe(1e-3, clip_norm=1000.0, accumulation=2),
    ),
    Case(
        "bert-no-pooler-query-r4",
        114,
        "bert-tiny-no-pooler",
        4,
        32,
        ["query"],
        2,
        MIXED,
        Recipe(1e-3, clip_norm=1.0),
        modules_to_save=["pooler"],
    ),
    Case(
        "bert-no-pooler-all-r1-multi-label",
        115,
        "bert-tiny-no-pooler",
        1,
        2,
        BERT_LINEARS,
        3,
        EVEN,
        Recipe(1e-3, clip_norm=1000.0, warmup_steps=1),
        Objective(multi_label=True, positive_weights=[2.0, 0.5, 1.0]),
        modules_to_save=["pooler"],
    ),
]
