"""Makes the golden vectors of the training tests with PyTorch, Transformers and PEFT.

    python tools/oracle/make_training_golden.py [--out src/test/resources/golden]

See README.md beside this file for the cases and for what each file holds.
"""

import argparse
import copy
import json
import shutil
from dataclasses import asdict
from pathlib import Path

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from peft.tuners.lora import LoraLayer
from safetensors.torch import save_file
from torch import Tensor

from adapter_files import keep_quiet, load_base, load_with_adapter, write_adapter
from cases import CASES, EPOCHS, SNAPSHOT_STEPS, Case, make_batches
from tiny_bases import WEIGHT_STANDARD_DEVIATION, find_base, write_bases
from training import Stepper, disk_name, logits_of, micro_batch_groups, trainable

DEFAULT_OUT = Path(__file__).resolve().parents[2] / "src/test/resources/golden"
SMALLEST_LOGIT_MARGIN = 1e-3
LARGEST_FLOAT32_DRIFT = 2e-5


def make_model(bases: Path, case: Case) -> PeftModel:
    torch.manual_seed(case.seed)
    base, missing = load_base(bases / case.base, case.labels)
    settings = LoraConfig(
        task_type="SEQ_CLS",
        r=case.rank,
        lora_alpha=case.alpha,
        lora_dropout=0.0,
        target_modules=list(case.targets),
        modules_to_save=list(case.modules_to_save) if case.modules_to_save else None,
    )
    model = get_peft_model(base, settings)
    if not case.peft_initialization:
        randomize_new(model, missing, case.alpha / case.rank, case.seed)
    return model.train()


def randomize_new(model: PeftModel, missing: set, scaling: float, seed: int) -> None:
    """PEFT starts with B at zero, which leaves A without a gradient; here both have one.
    What the base's checkpoint holds, a head for instance, stays as it is there."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, parameter in sorted(trainable(model).items()):
            if ".lora_" not in name and name not in missing:
                continue
            deviation = WEIGHT_STANDARD_DEVIATION / (scaling if ".lora_B." in name else 1.0)
            parameter.copy_(torch.randn(parameter.shape, generator=generator) * deviation)


def snapshot(model: PeftModel, prefix: str) -> dict:
    return {
        f"{prefix}/{name}": parameter.detach().clone().contiguous()
        for name, parameter in trainable(model).items()
    }


def first_batch_reference(model: PeftModel, case: Case) -> tuple:
    """Loss, gradients and every batch's logits before training, in double precision."""
    exact = copy.deepcopy(model).double()
    batches = case.batches()
    logits = [logits_of(exact, batch) for batch in batches]
    loss = case.objective.loss(exact(**batches[0].padded()).logits, batches[0].labels)
    loss.backward()
    gradients = {name: parameter.grad for name, parameter in trainable(exact).items()}
    return loss.item(), gradients, logits


def train(model: PeftModel, case: Case) -> tuple:
    """Trains for the case's epochs; returns the records and the parameters after ten steps."""
    groups = micro_batch_groups(case.batches(), case.recipe.accumulation)
    stepper = Stepper(model, case.objective, case.recipe, total_steps(case))
    records, after_ten = [], {}
    for _ in range(EPOCHS):
        for group in groups:
            records.append(stepper.step(group))
            if len(records) == SNAPSHOT_STEPS:
                after_ten = snapshot(model, "after10")
    return records, after_ten


def total_steps(case: Case) -> int:
    return EPOCHS * len(micro_batch_groups(case.batches(), case.recipe.accumulation))


def predictions(logits: Tensor, multi_label: bool) -> list:
    return (logits > 0).int().tolist() if multi_label else logits.argmax(dim=1).tolist()


def evaluate(model: PeftModel, case: Case) -> tuple:
    model.eval()
    batches = case.batches()
    logits = [logits_of(model, batch) for batch in batches]
    losses = [case.objective.loss(l, b.labels).item() for l, b in zip(logits, batches)]
    sizes = [len(batch.labels) for batch in batches]
    predicted = [row for l in logits for row in predictions(l, case.objective.multi_label)]
    expected = [label for batch in batches for label in batch.labels]
    check_margins(torch.cat(logits), case)
    report = {
        "batch_losses": losses,
        "mean_loss": sum(l * n for l, n in zip(losses, sizes)) / sum(sizes),
        "mean_of_batch_losses": sum(losses) / len(losses),
        "accuracy": sum(p == e for p, e in zip(predicted, expected)) / len(expected),
        "predictions": predicted,
        "logits": [l.tolist() for l in logits],
    }
    return report, {f"eval3_logits/{i}": l.contiguous() for i, l in enumerate(logits)}


def check_margins(logits: Tensor, case: Case) -> None:
    """A prediction that hangs on rounding would make a test that fails by chance."""
    if case.objective.multi_label:
        margin = logits.abs().min().item()
    else:
        top = logits.topk(2, dim=1).values
        margin = (top[:, 0] - top[:, 1]).min().item()
    if margin < SMALLEST_LOGIT_MARGIN:
        raise AssertionError(f"{case.name}: a prediction has a margin of only {margin}")


def drift(model: PeftModel, exact: PeftModel) -> float:
    """How far rounding alone moved the trained parameters."""
    others = trainable(exact)
    return max((p.double() - others[n]).abs().max().item() for n, p in trainable(model).items())


def describe(case: Case, model: PeftModel) -> dict:
    trainable_count, all_count = model.get_nb_trainable_parameters()
    multi_label = case.objective.multi_label
    return {
        "name": case.name,
        "base": case.base,
        "family": find_base(case.base).family,
        "lora_rank": case.rank,
        "lora_alpha": case.alpha,
        "target_modules": list(case.targets),
        "adapted_modules": [
            disk_name(n) for n, m in model.named_modules() if isinstance(m, LoraLayer)
        ],
        "modules_to_save": list(case.modules_to_save or []),
        "num_labels": case.labels,
        "problem_type": "multi_label" if multi_label else "single_label",
        "class_weights": case.objective.class_weights,
        "pos_weight": case.objective.positive_weights,
        **asdict(case.recipe),
        "epochs": EPOCHS,
        "total_steps": total_steps(case),
        "trainable_parameters": trainable_count,
        "all_parameters": all_count,
        "trainable_names": list(trainable(model)),
        "batches": [asdict(batch) for batch in case.batches()],
    }


def write_case(out: Path, case: Case) -> float:
    model = make_model(out / "bases", case)
    exact = copy.deepcopy(model).double()
    document = describe(case, model)
    tensors = snapshot(model, "initial")

    loss, gradients, logits = first_batch_reference(model, case)
    document["first_batch"] = {"loss": loss, "logits": logits[0].tolist()}
    tensors.update({f"gradient/{n}": g.float().contiguous() for n, g in gradients.items()})
    tensors.update({f"logits/{i}": l.float().contiguous() for i, l in enumerate(logits)})

    records, after_ten = train(model, case)
    document["steps"] = [asdict(record) for record in records]
    tensors.update(after_ten)
    tensors.update(snapshot(model, "eval3"))
    document["evaluation"], evaluation_logits = evaluate(model, case)
    tensors.update(evaluation_logits)

    train(exact, case)
    moved = drift(model, exact)
    if moved > LARGEST_FLOAT32_DRIFT:
        raise AssertionError(f"{case.name}: rounding alone moves parameters by {moved}")
    document["float32_drift"] = float(f"{moved:.1e}")

    write_json(out / "cases" / f"{case.name}.json", document)
    save_file(tensors, out / "cases" / f"{case.name}.safetensors", metadata={"format": "pt"})
    report(case, document)


def report(case: Case, document: dict) -> None:
    clipped = sum(s["gradient_norm"] > case.recipe.clip_norm for s in document["steps"])
    print(
        f"| {case.name} | {case.base} | {case.rank} / {case.alpha} | {', '.join(case.targets)}"
        f" | {case.labels} {loss_words(case)} | {case.recipe.schedule}"
        f" (warm-up {case.recipe.warmup_steps}), accumulation {case.recipe.accumulation}"
        f" | {clipped} of {len(document['steps'])} | {document['trainable_parameters']:,}"
        f" | {document['float32_drift']:.0e} |"
    )


def loss_words(case: Case) -> str:
    kind = "sigmoid" if case.objective.multi_label else "softmax"
    weighted = case.objective.class_weights or case.objective.positive_weights
    return f"{kind}, weighted" if weighted else kind


def write_json(path: Path, document: dict) -> None:
    """One key a line, and one list element a line for the lists of objects."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = []
    for key, value in document.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            rows = ",\n".join("    " + json.dumps(row) for row in value)
            lines.append(f"  {json.dumps(key)}: [\n{rows}\n  ]")
        else:
            lines.append(f"  {json.dumps(key)}: {json.dumps(value)}")
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


ADAPTERS = {
    "peft-distilbert": Case(
        "peft-distilbert", 201, "distilbert-tiny", 4, 32, ["q_lin", "v_lin"], 3, [], None
    ),
    "peft-bert-no-pooler": Case(
        "peft-bert-no-pooler",
        202,
        "bert-tiny-no-pooler",
        4,
        16,
        ["query"],
        2,
        [],
        None,
        modules_to_save=["pooler"],
    ),
}
LABEL_NAMES = {"peft-distilbert": ["negative", "neutral", "positive"]}
ADAPTER_LENGTHS = [[1, 24, 7, 12]]


def write_peft_adapter(out: Path, case: Case) -> None:
    model = make_model(out / "bases", case).eval()
    folder = out / "adapters" / case.name
    write_adapter(model, folder, base_name=case.base)
    names = LABEL_NAMES.get(case.name)
    if names:
        model.config.id2label = dict(enumerate(names))
        model.config.label2id = {name: index for index, name in enumerate(names)}
        model.config.save_pretrained(folder)

    batch = make_batches(ADAPTER_LENGTHS, case.labels, False, case.seed)[0]
    loaded = load_with_adapter(out / "bases" / case.base, folder)
    if not torch.equal(logits_of(loaded, batch), logits_of(model, batch)):
        raise AssertionError(f"{case.name}: the adapter read back gives other logits")
    expected = {
        "base": case.base,
        "labels": names or [],
        "input_ids": batch.input_ids,
        "logits": logits_of(copy.deepcopy(model).double(), batch).tolist(),
    }
    write_json(folder / "expected.json", expected)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=DEFAULT_OUT)
    out = parser.parse_args().out
    keep_quiet()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    for part in ("bases", "cases", "adapters"):
        shutil.rmtree(out / part, ignore_errors=True)
        (out / part).mkdir(parents=True)
    write_bases(out / "bases")
    for case in CASES:
        write_case(out, case)
    for case in ADAPTERS.values():
        write_peft_adapter(out, case)


if __name__ == "__main__":
    main()
