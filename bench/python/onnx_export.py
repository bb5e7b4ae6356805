"""A classifier with one adapter merged into it, as an ONNX file for ONNX Runtime in Python.

    onnx_export.py --base DIR --adapter DIR --labels a,b --out model.onnx [--plain]

Without --plain the graph then goes through onnxruntime.transformers.optimizer for BERT, which fuses
embeddings, attention, biased GELU and normalizations. The tool knows the graphs of older
Transformers: attention is written here as those had it, which changes no value.
"""

import argparse
from pathlib import Path

import numpy
import onnx
import peft
import torch
import transformers
from onnxruntime.transformers import optimizer
from transformers.masking_utils import eager_mask

OPSET = 17
HIDDEN_FROM_SOFTMAX = -10000.0
ATTENTION = "fusible"


def attention(module, query, key, value, attention_mask, scaling, **_):
    """The optimizer looks for a division before the mask, where Transformers now multiplies."""
    scores = torch.matmul(query, key.transpose(2, 3)) / scaling**-1
    weights = torch.softmax(scores + attention_mask, dim=-1)
    return torch.matmul(weights, value).transpose(1, 2).contiguous(), None


class Logits(torch.nn.Module):
    """Token ids and mask to logits; the mask gets all its dimensions here, which is traceable."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, input_ids, attention_mask):
        mask = attention_mask.unsqueeze(1).unsqueeze(2).to(torch.float32)
        mask = (1.0 - mask) * HIDDEN_FROM_SOFTMAX
        return self.model(input_ids=input_ids, attention_mask=mask).logits


def merged(base: str, adapter: str, labels: int):
    transformers.AttentionInterface.register(ATTENTION, attention)
    transformers.AttentionMaskInterface.register(ATTENTION, eager_mask)
    model = transformers.AutoModelForSequenceClassification.from_pretrained(
        base, num_labels=labels, attn_implementation=ATTENTION, dtype=torch.float32
    )
    return peft.PeftModel.from_pretrained(model, adapter).merge_and_unload().eval()


def export(model, out: Path) -> None:
    ids = torch.randint(1000, 20000, (2, 16))
    mask = torch.ones_like(ids)
    mask[1, 10:] = 0
    axes = {0: "batch", 1: "tokens"}
    torch.onnx.export(
        Logits(model).eval(),
        (ids, mask),
        str(out),
        input_names=["input_ids", "attention_mask"],
        output_names=["logits"],
        dynamic_axes={"input_ids": axes, "attention_mask": axes, "logits": {0: "batch"}},
        opset_version=OPSET,
        dynamo=False,
    )


def name_heads(file: Path, heads: int) -> None:
    """Reshapes to [batch, tokens, -1, size] name the heads: the optimizer wants to read them."""
    model = onnx.load(str(file))
    constants = {n.output[0]: n for n in model.graph.node if n.op_type == "Constant"}
    for node in model.graph.node:
        if node.op_type == "Concat" and len(node.input) == 4 and node.input[2] in constants:
            value = constants[node.input[2]].attribute[0].t
            value.CopyFrom(onnx.numpy_helper.from_array(numpy.array([heads], dtype=numpy.int64)))
    onnx.save(model, str(file))


def main() -> None:
    parser = argparse.ArgumentParser(description="Exports a merged classifier.")
    parser.add_argument("--base", required=True)
    parser.add_argument("--adapter", required=True)
    parser.add_argument("--labels", required=True)
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--plain", action="store_true", help="leave all fusing to ONNX Runtime")
    arguments = parser.parse_args()
    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    model = merged(arguments.base, arguments.adapter, len(arguments.labels.split(",")))
    export(model, arguments.out)
    if arguments.plain:
        return
    heads = model.config.num_attention_heads
    name_heads(arguments.out, heads)
    fused = optimizer.optimize_model(
        str(arguments.out),
        model_type="bert",
        num_heads=heads,
        hidden_size=model.config.hidden_size,
        opt_level=0,
    )
    count = fused.get_fused_operator_statistics()["Attention"]
    if count != model.config.num_hidden_layers:
        raise SystemExit(f"only {count} of {model.config.num_hidden_layers} layers' attention fused")
    fused.save_model_to_file(str(arguments.out))


if __name__ == "__main__":
    main()
