"""Trains a classifier with PyTorch and PEFT, with the options of `ortune train`.

    python tools/oracle/train_with_peft.py --base DIR --data FILE --out DIR [--validation FILE] ...

For comparison: with --from-adapter, --no-shuffle and --no-dropout the run is, weight by weight,
the one that `ortune train` makes. Prints a JSON object per step and per evaluation; leaves the
adapter of the last step, also where `ortune train` keeps the best epoch.
"""

import argparse
import json
import math
from dataclasses import asdict
from pathlib import Path

import torch
from peft import LoraConfig, get_peft_model
from transformers import AutoConfig, AutoTokenizer

from adapter_files import keep_quiet, load_base, load_with_adapter, write_adapter
from labelled_data import epoch_order, in_batches, label_names, read_examples, tokenize
from training import Objective, Recipe, Stepper, logits_of

DROPOUT_SETTINGS = {
    "distilbert": ("dropout", "attention_dropout", "seq_classif_dropout"),
    "bert": ("hidden_dropout_prob", "attention_probs_dropout_prob", "classifier_dropout"),
}
DEFAULT_TARGETS = {"distilbert": "q_lin", "bert": "query"}
OBJECTIVE = Objective()


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--validation", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--from-adapter", type=Path)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--batch-size", type=int, default=4)
    parser.add_argument("--learning-rate", type=float, default=1e-3)
    parser.add_argument("--weight-decay", type=float, default=0.01)
    parser.add_argument("--warmup-ratio", type=float, default=0.0)
    parser.add_argument("--clip-norm", type=float, default=1.0)
    parser.add_argument("--schedule", choices=["linear", "constant"], default="linear")
    parser.add_argument("--truncation-side", choices=["left", "right"], default="right")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--no-shuffle", action="store_true")
    parser.add_argument("--no-dropout", action="store_true")
    parser.add_argument("--max-steps", type=int)
    parser.add_argument("--lora-rank", type=int, default=4)
    parser.add_argument("--lora-alpha", type=float, default=32)
    parser.add_argument("--lora-dropout", type=float, default=0.01)
    parser.add_argument("--target-modules")
    parser.add_argument("--labels")
    parser.add_argument("--max-length", type=int, default=512)
    return parser.parse_args()


def dropout_settings(base: Path, arguments: argparse.Namespace) -> dict:
    if not arguments.no_dropout:
        return {}
    return {name: 0.0 for name in DROPOUT_SETTINGS[AutoConfig.from_pretrained(base).model_type]}


def make_model(arguments: argparse.Namespace, labels: int):
    settings = dropout_settings(arguments.base, arguments)
    if arguments.from_adapter:
        lora_dropout = 0.0 if arguments.no_dropout else None
        model = load_with_adapter(
            arguments.base, arguments.from_adapter, True, lora_dropout, **settings
        )
        if model.config.num_labels != labels:
            raise SystemExit(
                f"the adapter has {model.config.num_labels} labels, the data {labels}"
            )
        return model
    base, missing = load_base(arguments.base, labels, **settings)
    targets = arguments.target_modules or DEFAULT_TARGETS[base.config.model_type]
    without_pooler = any("pooler" in name for name in missing)
    adapter = LoraConfig(
        task_type="SEQ_CLS",
        r=arguments.lora_rank,
        lora_alpha=arguments.lora_alpha,
        lora_dropout=0.0 if arguments.no_dropout else arguments.lora_dropout,
        target_modules=targets.split(","),
        modules_to_save=["pooler"] if without_pooler else None,
    )
    return get_peft_model(base, adapter)


def evaluate(model, batches) -> dict:
    """The loss is the mean over the rows, as Trainer reports it."""
    model.eval()
    loss, predicted, expected = 0.0, [], []
    for batch in batches:
        logits = logits_of(model, batch)
        loss += OBJECTIVE.loss(logits, batch.labels).item() * len(batch.labels)
        predicted += logits.argmax(dim=1).tolist()
        expected += batch.labels
    correct = sum(p == e for p, e in zip(predicted, expected))
    return {
        "evaluation_loss": loss / len(expected),
        "accuracy": correct / len(expected),
        "macro_f1": macro_f1(predicted, expected),
    }


def macro_f1(predicted: list, expected: list) -> float:
    """Over the labels that occur, predicted or expected, as scikit-learn does it."""
    scores = []
    for label in sorted(set(predicted) | set(expected)):
        hits = sum(p == e == label for p, e in zip(predicted, expected))
        scores.append(2 * hits / (predicted.count(label) + expected.count(label)))
    return sum(scores) / len(scores)


def train(arguments: argparse.Namespace, model, examples, validation_batches) -> None:
    steps_per_epoch = math.ceil(len(examples) / arguments.batch_size)
    total_steps = arguments.max_steps or arguments.epochs * steps_per_epoch
    recipe = Recipe(
        learning_rate=arguments.learning_rate,
        weight_decay=arguments.weight_decay,
        clip_norm=arguments.clip_norm,
        schedule=arguments.schedule,
        warmup_steps=math.ceil(total_steps * arguments.warmup_ratio),
    )
    stepper = Stepper(model, OBJECTIVE, recipe, total_steps)
    steps = 0
    for epoch in range(math.ceil(total_steps / steps_per_epoch)):
        order = epoch_order(examples, not arguments.no_shuffle, arguments.seed, epoch)
        for batch in in_batches(order, arguments.batch_size)[: total_steps - steps]:
            print(json.dumps({"epoch": epoch, **asdict(stepper.step([batch]))}), flush=True)
            steps += 1
        if validation_batches:
            print(json.dumps({"epoch": epoch, **evaluate(model, validation_batches)}), flush=True)


def main() -> None:
    arguments = parse_arguments()
    keep_quiet()
    torch.manual_seed(arguments.seed)
    tokenizer = AutoTokenizer.from_pretrained(
        arguments.base, truncation_side=arguments.truncation_side
    )
    examples = read_examples(arguments.data)
    names = label_names(arguments.labels, examples)
    model = make_model(arguments, len(names))
    model.print_trainable_parameters()
    positions = model.config.max_position_embeddings
    maximum_length = min(arguments.max_length, positions)
    tokenized = tokenize(examples, tokenizer, names, maximum_length)
    validation_batches = []
    if arguments.validation:
        validation = read_examples(arguments.validation)
        validation_batches = in_batches(
            tokenize(validation, tokenizer, names, maximum_length), arguments.batch_size
        )
    train(arguments, model, tokenized, validation_batches)
    write_adapter(model, arguments.out, base_name=arguments.base.name)
    tokenizer.save_pretrained(arguments.out)


if __name__ == "__main__":
    main()
