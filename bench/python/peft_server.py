"""FastAPI + Transformers + PEFT (PyTorch), as a careful team would write it; see bench/README.md.

float32, fused scaled dot product attention, inference mode, batches padded to their longest text.
With several adapters a batch is computed adapter by adapter, each after set_adapter.
"""

import os
from pathlib import Path

# The model's threads are busy enough; the tokenizer's own would compete with them.
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import peft
import torch
import transformers

import text_service


class PeftClassifier:
    def __init__(self, base: str, adapters: list, labels: int, merge: bool):
        self.tokenizer = transformers.PreTrainedTokenizerFast(
            tokenizer_file=str(Path(base) / "tokenizer.json"), pad_token="[PAD]"
        )
        model = transformers.AutoModelForSequenceClassification.from_pretrained(
            base, num_labels=labels, attn_implementation="sdpa", dtype=torch.float32
        )
        names = [Path(adapter).name for adapter in adapters]
        model = peft.PeftModel.from_pretrained(model, adapters[0], adapter_name=names[0])
        for name, adapter in zip(names[1:], adapters[1:]):
            model.load_adapter(adapter, adapter_name=name)
        self.model = (model.merge_and_unload() if merge else model).eval()
        self.several = len(names) > 1
        self.active = names[0]

    @torch.inference_mode()
    def probabilities(self, texts: list, adapters: list) -> list:
        if not self.several:
            return self.compute(texts)
        results = [None] * len(texts)
        for adapter in dict.fromkeys(adapters):
            rows = [row for row, name in enumerate(adapters) if name == adapter]
            if adapter and adapter != self.active:
                self.model.set_adapter(adapter)
                self.active = adapter
            for row, result in zip(rows, self.compute([texts[row] for row in rows])):
                results[row] = result
        return results

    def compute(self, texts: list) -> list:
        batch = self.tokenizer(
            texts,
            padding=True,
            truncation=True,
            max_length=text_service.MAX_TOKENS,
            return_token_type_ids=False,
            return_tensors="pt",
        )
        return torch.softmax(self.model(**batch).logits, dim=-1).tolist()


def main() -> None:
    parser = text_service.parser("Serves PEFT adapters with PyTorch.")
    parser.add_argument("--merge", action="store_true", help="merge the (only) adapter into the base")
    arguments = parser.parse_args()
    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    torch.set_num_threads(arguments.threads)
    labels = arguments.labels.split(",")
    classifier = PeftClassifier(arguments.base, arguments.adapter, len(labels), arguments.merge)
    app = text_service.application(
        classifier, labels, arguments.max_batch, ("torch", "transformers", "peft")
    )
    text_service.serve(app, arguments.port)


if __name__ == "__main__":
    main()
