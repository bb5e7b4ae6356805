"""The small random base models of the golden vectors, as Hugging Face folders."""

from dataclasses import dataclass
from pathlib import Path
from typing import Callable

import torch
from transformers import (
    BertConfig,
    BertModel,
    DistilBertConfig,
    DistilBertForSequenceClassification,
    DistilBertModel,
    PreTrainedModel,
)

WEIGHT_STANDARD_DEVIATION = 0.2
VOCABULARY_SIZE = 200
MAXIMUM_POSITIONS = 24


@dataclass(frozen=True)
class TinyBase:
    name: str
    family: str
    seed: int
    make: Callable[[], PreTrainedModel]


def distilbert_config(layers: int, **more) -> DistilBertConfig:
    return DistilBertConfig(
        vocab_size=VOCABULARY_SIZE,
        max_position_embeddings=MAXIMUM_POSITIONS,
        dim=32,
        n_layers=layers,
        n_heads=4,
        hidden_dim=64,
        activation="gelu",
        dropout=0.0,
        attention_dropout=0.0,
        seq_classif_dropout=0.0,
        **more,
    )


def bert_config() -> BertConfig:
    return BertConfig(
        vocab_size=VOCABULARY_SIZE,
        max_position_embeddings=MAXIMUM_POSITIONS,
        hidden_size=32,
        num_hidden_layers=3,
        num_attention_heads=4,
        intermediate_size=64,
        type_vocab_size=2,
        hidden_act="gelu",
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        classifier_dropout=0.0,
    )


BASES = [
    TinyBase(
        "distilbert-tiny", "distilbert", 11, lambda: DistilBertModel(distilbert_config(3))
    ),
    TinyBase(
        "distilbert-tiny-prefixed",
        "distilbert",
        12,
        lambda: DistilBertForSequenceClassification(distilbert_config(2, num_labels=2)),
    ),
    TinyBase("bert-tiny", "bert", 13, lambda: BertModel(bert_config())),
    TinyBase(
        "bert-tiny-no-pooler",
        "bert",
        14,
        lambda: BertModel(bert_config(), add_pooling_layer=False),
    ),
]


def randomize(model: torch.nn.Module, seed: int) -> None:
    """Weights ten times larger than usual, so that no gradient hides near zero; biases and
    normalization weights too, since at their usual 0 and 1 a forgotten one goes unseen."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, parameter in sorted(model.named_parameters()):
            noise = torch.randn(parameter.shape, generator=generator) * WEIGHT_STANDARD_DEVIATION
            is_normalization_weight = "norm" in name.lower() and name.endswith("weight")
            parameter.copy_(1.0 + noise if is_normalization_weight else noise)


def write_bases(folder: Path) -> None:
    for base in BASES:
        torch.manual_seed(base.seed)
        model = base.make()
        randomize(model, base.seed)
        model.save_pretrained(folder / base.name)


def find_base(name: str) -> TinyBase:
    return next(base for base in BASES if base.name == name)
