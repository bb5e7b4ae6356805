"""FastAPI + ONNX Runtime in Python, as a careful team would write it; see bench/README.md.

The model is what onnx_export.py wrote: one adapter merged into the base, the graph fused. The session
optimizes the rest (ORT_ENABLE_ALL). Batches are padded to their longest text.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import numpy
import onnxruntime
import tokenizers

import text_service


class OnnxClassifier:
    def __init__(self, model: str, tokenizer: Path, threads: int):
        self.tokenizer = tokenizers.Tokenizer.from_file(str(tokenizer))
        self.tokenizer.enable_truncation(text_service.MAX_TOKENS)
        self.tokenizer.enable_padding(pad_id=0, pad_token="[PAD]")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
        self.session = onnxruntime.InferenceSession(
            model, options, providers=["CPUExecutionProvider"]
        )

    def probabilities(self, texts: list, _: list) -> list:
        batch = self.tokenizer.encode_batch_fast(texts)
        inputs = {
            "input_ids": numpy.array([text.ids for text in batch], dtype=numpy.int64),
            "attention_mask": numpy.array([text.attention_mask for text in batch], dtype=numpy.int64),
        }
        logits = self.session.run(["logits"], inputs)[0]
        powers = numpy.exp(logits - logits.max(axis=1, keepdims=True))
        return (powers / powers.sum(axis=1, keepdims=True)).tolist()


def main() -> None:
    parser = text_service.parser("Serves one merged adapter with ONNX Runtime.")
    parser.add_argument("--plain", action="store_true", help="leave all fusing to ONNX Runtime")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        model = str(Path(folder) / "model.onnx")
        # In a process of its own: this one never loads PyTorch.
        export = [sys.executable, str(Path(__file__).with_name("onnx_export.py"))]
        export += ["--base", arguments.base, "--adapter", arguments.adapter[0]]
        export += ["--labels", arguments.labels, "--out", model]
        subprocess.run(export + ["--plain"] * arguments.plain, check=True, stdout=sys.stderr)
        classifier = OnnxClassifier(
            model, Path(arguments.base) / "tokenizer.json", arguments.threads
        )
    app = text_service.application(
        classifier, arguments.labels.split(","), arguments.max_batch, ("onnxruntime", "tokenizers")
    )
    text_service.serve(app, arguments.port)


if __name__ == "__main__":
    main()
