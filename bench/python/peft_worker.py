"""PyTorch's side of the race: one JSON request per line on stdin, one JSON reply each on stdout.

Trains as Hugging Face Trainer does by default on PEFT's LoRA: padded batches, fused scaled dot
product attention, the fused AdamW, a clipped gradient. bench/README.md describes the race.
"""

import json
import os
import sys
import time
import traceback
from pathlib import Path

INSTALL = (
    'Install them as tools/oracle/README.md says: python3 -m venv venv; venv/bin/pip install '
    '"torch==2.13.0+cpu" transformers peft safetensors; then give --python venv/bin/python '
    "or set ORTUNE_BENCH_PYTHON."
)
# RaceRules.java has the same.
WEIGHT_DECAY = 0.01
CLIP_NORM = 1.0
LABELS = 2
PAD_ID = 0
DROPOUT_SETTINGS = (
    "dropout",
    "attention_dropout",
    "seq_classif_dropout",
    "hidden_dropout_prob",
    "attention_probs_dropout_prob",
    "classifier_dropout",
)


class Racer:
    """A model under training."""

    def __init__(self, start: dict):
        torch.set_num_threads(start["threads"])
        torch.manual_seed(0)
        self.device = torch.device(start["device"])
        self.model = load(start["base"], start["adapter"], start["dropout"]).to(self.device)
        self.model.train()
        self.parameters = [p for p in self.model.parameters() if p.requires_grad]
        self.optimizer = torch.optim.AdamW(parameter_groups(self.model), fused=True)

    def started(self) -> dict:
        return {
            "reply": "started",
            "trainable_parameters": sum(p.numel() for p in self.parameters),
            "versions": {
                "torch": torch.__version__,
                "peft": peft.__version__,
                "transformers": transformers.__version__,
            },
        }

    def step(self, request: dict) -> dict:
        begin = time.perf_counter()
        for group in self.optimizer.param_groups:
            group["lr"] = request["learning_rate"]
        inputs = {**padded(request["ids"]), "labels": torch.tensor(request["labels"])}
        loss = self.model(**{name: value.to(self.device) for name, value in inputs.items()}).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.parameters, CLIP_NORM)
        self.optimizer.step()
        self.model.zero_grad()
        value = loss.item()
        if self.device.type == "cuda":
            # The optimizer's kernels may still run when the loss is here.
            torch.cuda.synchronize()
        return {"reply": "stepped", "seconds": time.perf_counter() - begin, "loss": value}

    def finished(self) -> dict:
        return {"reply": "finished", "peak_memory_bytes": peak_memory_bytes()}


def load(base: str, adapter: str, dropout: bool):
    config = transformers.AutoConfig.from_pretrained(base)
    undropped = {} if dropout else {n: 0.0 for n in DROPOUT_SETTINGS if hasattr(config, n)}
    model = transformers.AutoModelForSequenceClassification.from_pretrained(
        base,
        num_labels=LABELS,
        attn_implementation="sdpa",
        dtype=torch.float32,
        ignore_mismatched_sizes=True,
        **undropped,
    )
    settings = peft.PeftConfig.from_pretrained(adapter)
    settings.inference_mode = False
    if not dropout:
        settings.lora_dropout = 0.0
    model = peft.PeftModel.from_pretrained(model, adapter, config=settings, is_trainable=True)
    if not dropout:
        for module in model.modules():
            if isinstance(module, torch.nn.Dropout):
                module.p = 0.0
    return model


def parameter_groups(model) -> list:
    """Trainer's two groups: biases and LayerNorm do not decay."""
    groups = {True: [], False: []}
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            groups["bias" not in name and "norm" not in name.lower()].append(parameter)
    return [
        {"params": groups[True], "weight_decay": WEIGHT_DECAY},
        {"params": groups[False], "weight_decay": 0.0},
    ]


def padded(ids: list) -> dict:
    """As Transformers' DataCollatorWithPadding lays a batch out."""
    longest = max(len(row) for row in ids)
    return {
        "input_ids": torch.tensor([row + [PAD_ID] * (longest - len(row)) for row in ids]),
        "attention_mask": torch.tensor([[1] * len(r) + [0] * (longest - len(r)) for r in ids]),
    }


def peak_memory_bytes():
    """VmHWM, the most memory that this process ever held; None where Linux does not tell."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return None
    lines = status.read_text(encoding="ascii").splitlines()
    return next((1024 * int(s.split()[1]) for s in lines if s.startswith("VmHWM:")), None)


def serve(requests, reply) -> None:
    racer = None
    for line in requests:
        request = json.loads(line)
        if request["request"] == "start":
            import_libraries()
            racer = Racer(request)
            reply(racer.started())
        elif request["request"] == "step":
            reply(racer.step(request))
        else:
            reply(racer.finished())


def main() -> None:
    # Libraries that print must not get between the replies.
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def reply(message: dict) -> None:
        print(json.dumps(message), file=replies, flush=True)

    def fail(message: str, remedy: str) -> None:
        reply({"reply": "failed", "message": message, "remedy": remedy})
        sys.exit(1)

    try:
        serve(sys.stdin, reply)
    except ImportError as error:
        fail(f"{sys.executable} lacks a library ({error}).", INSTALL)
    except Exception as error:
        traceback.print_exc()
        fail(f"{type(error).__name__}: {error}.", "Its stack stands above.")


def import_libraries() -> None:
    """Here and not at the top, so that a missing one can be told in a reply."""
    global torch, peft, transformers
    import peft
    import torch
    import transformers

    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()


if __name__ == "__main__":
    main()
