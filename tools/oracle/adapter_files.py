"""Reading and writing PEFT adapter folders of sequence classifiers."""

import json
from pathlib import Path
from typing import Optional

import torch
from peft import PeftConfig, PeftModel, get_peft_model_state_dict
from safetensors.torch import load_file
from transformers import AutoModelForSequenceClassification
from transformers.utils import logging

from training import PEFT_PREFIX

CLASSIFIER_WEIGHT = PEFT_PREFIX + "classifier.weight"


def keep_quiet() -> None:
    """No progress bars and load reports: what they warn of is checked here, as errors."""
    logging.set_verbosity_error()
    logging.disable_progress_bar()


class AdapterError(Exception):
    """The adapter does not fit its base, or leaves part of the model random."""


def write_adapter(model: PeftModel, folder: Path, base_name: str) -> None:
    """The two files that PEFT reads; the base goes by its name, not by where it lay."""
    model.active_peft_config.base_model_name_or_path = base_name
    model.save_pretrained(folder, save_embedding_layers=False)
    (folder / "README.md").unlink(missing_ok=True)
    sort_sets(folder / "adapter_config.json")


def sort_sets(config: Path) -> None:
    """PEFT keeps these as sets, whose order differs from one run to the next."""
    document = json.loads(config.read_text(encoding="utf-8"))
    for key in ("target_modules", "modules_to_save"):
        if isinstance(document[key], list):
            document[key].sort()
    config.write_text(json.dumps(document, indent=2, sort_keys=True), encoding="utf-8")


def load_base(folder: Path, labels: int, **settings) -> tuple:
    """The base with a classifier for `labels`, and the names of what its checkpoint lacks."""
    model, loading = AutoModelForSequenceClassification.from_pretrained(
        folder,
        num_labels=labels,
        ignore_mismatched_sizes=True,
        attn_implementation="eager",
        dtype=torch.float32,
        output_loading_info=True,
        **settings,
    )
    mismatched = {entry[0] for entry in loading["mismatched_keys"]}
    return model, set(loading["missing_keys"]) | mismatched


def load_with_adapter(
    base: Path,
    folder: Path,
    trainable: bool = False,
    lora_dropout: Optional[float] = None,
    **settings,
) -> PeftModel:
    """Loads as any PEFT user would, then makes sure that nothing was skipped or left random.
    A `lora_dropout` takes the place of the adapter's own; `settings` are the base's config."""
    stored = load_file(folder / "adapter_model.safetensors")
    if CLASSIFIER_WEIGHT not in stored:
        raise AdapterError(f"{folder}: no tensor {CLASSIFIER_WEIGHT}")
    model, missing = load_base(base, stored[CLASSIFIER_WEIGHT].shape[0], **settings)
    left_random = {name for name in missing if PEFT_PREFIX + name not in stored}
    if left_random:
        raise AdapterError(f"neither base nor adapter has {sorted(left_random)}")
    config = PeftConfig.from_pretrained(folder)
    config.inference_mode = not trainable
    if lora_dropout is not None:
        config.lora_dropout = lora_dropout
    adapted = PeftModel.from_pretrained(model, folder, config=config, is_trainable=trainable)
    check_every_tensor(adapted, stored, folder)
    return adapted.train() if trainable else adapted.eval()


def check_every_tensor(model: PeftModel, stored: dict, folder: Path) -> None:
    loaded = get_peft_model_state_dict(model, save_embedding_layers=False)
    if loaded.keys() != stored.keys():
        odd = sorted(loaded.keys() ^ stored.keys())
        raise AdapterError(f"{folder}: tensors only in the file or only in the model: {odd}")
    differing = [n for n, t in stored.items() if not torch.equal(loaded[n], t.float())]
    if differing:
        raise AdapterError(f"{folder}: tensors that were not taken over: {differing}")
