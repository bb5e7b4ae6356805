"""The arithmetic of a training step, equal to Hugging Face Trainer's, in plain sight."""

from dataclasses import dataclass
from typing import Optional, Sequence

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy
from transformers import get_constant_schedule_with_warmup, get_linear_schedule_with_warmup

PAD_ID = 0
PEFT_PREFIX = "base_model.model."


@dataclass(frozen=True)
class Batch:
    """Rows of unequal length and their labels: a class index, or a 0/1 list per row."""

    input_ids: Sequence[Sequence[int]]
    labels: Sequence

    def padded(self) -> dict:
        longest = max(len(row) for row in self.input_ids)
        shape = (len(self.input_ids), longest)
        ids = torch.full(shape, PAD_ID, dtype=torch.long)
        mask = torch.zeros(shape, dtype=torch.long)
        for index, row in enumerate(self.input_ids):
            ids[index, : len(row)] = torch.tensor(row, dtype=torch.long)
            mask[index, : len(row)] = 1
        return {"input_ids": ids, "attention_mask": mask}


@dataclass(frozen=True)
class Objective:
    """What is minimized: softmax cross entropy or one sigmoid per label, mean over the batch."""

    multi_label: bool = False
    class_weights: Optional[Sequence[float]] = None
    positive_weights: Optional[Sequence[float]] = None

    def loss(self, logits: Tensor, labels: Sequence) -> Tensor:
        if self.multi_label:
            targets = torch.tensor(labels, dtype=logits.dtype)
            weights = like(self.positive_weights, logits)
            return binary_cross_entropy_with_logits(logits, targets, pos_weight=weights)
        return cross_entropy(logits, torch.tensor(labels), weight=like(self.class_weights, logits))


@dataclass(frozen=True)
class Recipe:
    learning_rate: float
    weight_decay: float = 0.01
    betas: tuple = (0.9, 0.999)
    epsilon: float = 1e-8
    clip_norm: float = 1.0
    schedule: str = "linear"
    warmup_steps: int = 0
    accumulation: int = 1


@dataclass(frozen=True)
class StepRecord:
    step: int
    learning_rate: float
    loss: float
    micro_batch_losses: Sequence[float]
    gradient_norm: float


class Stepper:
    """One optimizer step after another over a model's trainable parameters."""

    def __init__(self, model, objective: Objective, recipe: Recipe, total_steps: int):
        self._model = model
        self._objective = objective
        self._recipe = recipe
        self._parameters = [p for p in model.parameters() if p.requires_grad]
        self._optimizer = torch.optim.AdamW(
            parameter_groups(model, recipe.weight_decay),
            lr=recipe.learning_rate,
            betas=recipe.betas,
            eps=recipe.epsilon,
        )
        self._scheduler = make_schedule(self._optimizer, recipe, total_steps)
        self._step = 0

    def step(self, micro_batches: Sequence[Batch]) -> StepRecord:
        """The gradient is the mean of the micro-batches' gradients."""
        self._model.train()
        self._optimizer.zero_grad()
        losses = [self._accumulate(batch, len(micro_batches)) for batch in micro_batches]
        norm = torch.nn.utils.clip_grad_norm_(self._parameters, self._recipe.clip_norm)
        learning_rate = self._scheduler.get_last_lr()[0]
        self._optimizer.step()
        self._scheduler.step()
        record = StepRecord(
            self._step, learning_rate, sum(losses) / len(losses), losses, norm.item()
        )
        self._step += 1
        return record

    def _accumulate(self, batch: Batch, micro_batches: int) -> float:
        loss = self._objective.loss(self._model(**batch.padded()).logits, batch.labels)
        (loss / micro_batches).backward()
        return loss.item()


def like(weights: Optional[Sequence[float]], logits: Tensor) -> Optional[Tensor]:
    return None if weights is None else torch.tensor(weights, dtype=logits.dtype)


def parameter_groups(model, weight_decay: float) -> list:
    """Hugging Face Trainer's two groups: biases and LayerNorm do not decay."""
    groups = {True: [], False: []}
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            groups["bias" not in name and "norm" not in name.lower()].append(parameter)
    return [
        {"params": groups[True], "weight_decay": weight_decay},
        {"params": groups[False], "weight_decay": 0.0},
    ]


def make_schedule(optimizer, recipe: Recipe, total_steps: int):
    if recipe.schedule == "linear":
        return get_linear_schedule_with_warmup(optimizer, recipe.warmup_steps, total_steps)
    if recipe.schedule == "constant":
        return get_constant_schedule_with_warmup(optimizer, recipe.warmup_steps)
    raise ValueError(f"unknown schedule {recipe.schedule}")


def micro_batch_groups(batches: Sequence[Batch], accumulation: int) -> list:
    return [batches[i : i + accumulation] for i in range(0, len(batches), accumulation)]


def logits_of(model, batch: Batch) -> Tensor:
    with torch.no_grad():
        return model(**batch.padded()).logits


def disk_name(name: str) -> str:
    """A parameter's name as PEFT writes it to disk, without the leading `base_model.model.`"""
    plain = name.removeprefix(PEFT_PREFIX).replace(".modules_to_save.default", "")
    return plain.replace(".lora_A.default", ".lora_A").replace(".lora_B.default", ".lora_B")


def trainable(model) -> dict:
    return {disk_name(n): p for n, p in model.named_parameters() if p.requires_grad}
