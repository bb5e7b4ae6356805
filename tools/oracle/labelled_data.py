"""Text classification data as the trainer reads it: CSV, TSV or JSONL with text and label."""

import csv
import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Optional, Sequence

from training import Batch


@dataclass(frozen=True)
class Example:
    text: str
    label: str


@dataclass(frozen=True)
class TokenizedExample:
    input_ids: Sequence[int]
    label: int


def read_examples(path: Path) -> list:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        if path.suffix == ".jsonl":
            rows = [json.loads(line) for line in lines if line.strip()]
        else:
            rows = list(csv.DictReader(lines, delimiter="\t" if path.suffix == ".tsv" else ","))
    return [Example(row["text"], str(row["label"])) for row in rows]


def label_names(option: Optional[str], examples: Sequence[Example]) -> list:
    """`--labels a,b,c` gives the names and their order, `--labels 3` with numbers as labels how
    many there are; otherwise they are the data's own, sorted."""
    found = sorted({example.label for example in examples})
    if option and not option.isdigit():
        return option.split(",")
    if all(label.isdigit() for label in found):
        count = int(option) if option else max(map(int, found)) + 1
        found = [str(index) for index in range(count)]
    if option and int(option) != len(found):
        raise SystemExit(f"--labels {option}, but the data has {len(found)} labels")
    return found


def tokenize(examples, tokenizer, names: Sequence[str], maximum_length: int) -> list:
    index_of = {name: index for index, name in enumerate(names)}
    ids = tokenizer(
        [example.text for example in examples], truncation=True, max_length=maximum_length
    )["input_ids"]
    return [TokenizedExample(row, index_of[e.label]) for row, e in zip(ids, examples)]


def in_batches(examples: Sequence[TokenizedExample], size: int) -> list:
    slices = [examples[i : i + size] for i in range(0, len(examples), size)]
    return [Batch([e.input_ids for e in part], [e.label for e in part]) for part in slices]


def epoch_order(examples, shuffle: bool, seed: int, epoch: int) -> list:
    if not shuffle:
        return list(examples)
    return random.Random(f"{seed}/{epoch}").sample(list(examples), len(examples))
