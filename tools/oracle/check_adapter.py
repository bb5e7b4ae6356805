"""Loads a PEFT adapter on its base, as any Python user would, and gives its logits.

    python tools/oracle/check_adapter.py BASE_DIR ADAPTER_DIR IDS_JSON [OUT_JSON]

IDS_JSON is a list of rows of token ids, of any lengths, or an object with such a list under
`input_ids`. The logits go to OUT_JSON, otherwise to standard output. An object with `logits` too
is also compared: the exit status is 1 if one differs by more than 1e-4 relative.
"""

import argparse
import json
from pathlib import Path

import torch

from adapter_files import keep_quiet, load_with_adapter
from training import Batch, logits_of

RELATIVE_TOLERANCE = 1e-4


def read_ids(path: Path) -> dict:
    document = json.loads(path.read_text(encoding="utf-8"))
    return document if isinstance(document, dict) else {"input_ids": document}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("base", type=Path)
    parser.add_argument("adapter", type=Path)
    parser.add_argument("ids", type=Path)
    parser.add_argument("out", type=Path, nargs="?")
    arguments = parser.parse_args()
    keep_quiet()
    torch.set_num_threads(1)

    document = read_ids(arguments.ids)
    rows = document["input_ids"]
    model = load_with_adapter(arguments.base, arguments.adapter)
    logits = logits_of(model, Batch(rows, labels=[])).tolist()
    text = json.dumps({"input_ids": rows, "logits": logits})
    if arguments.out:
        arguments.out.write_text(text + "\n", encoding="utf-8")
    else:
        print(text)
    return compare(logits, document["logits"]) if "logits" in document else 0


def compare(logits: list, expected: list) -> int:
    actual, wanted = torch.tensor(logits), torch.tensor(expected)
    if actual.shape != wanted.shape:
        raise SystemExit(f"shapes differ: {list(actual.shape)} and {list(wanted.shape)}")
    relative = ((actual - wanted).abs().max() / wanted.abs().max()).item()
    verdict = "equal" if relative <= RELATIVE_TOLERANCE else "DIFFERENT"
    print(f"largest relative difference {relative:.2e}: {verdict}")
    return 0 if relative <= RELATIVE_TOLERANCE else 1


if __name__ == "__main__":
    raise SystemExit(main())
