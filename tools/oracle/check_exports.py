"""Holds exports for other runtimes against PEFT's logits, with ONNX Runtime as Python users have it.

    python tools/oracle/check_exports.py EXPORT_DIR EXPECTED_JSON

EXPORT_DIR has `model.onnx`, base and adapter merged into one file, and `artifacts/` with
`inference_model.onnx`, its weights and `model.onnx_adapter`; EXPECTED_JSON has `input_ids` and
`logits`. The merged model passes onnx.checker with full shape inference and runs on texts padded on
either side; the adapter file is read value by value and run through a run's options. The exit status
is 1 if a logit differs by more than 1e-4 relative.
"""

import argparse
import json
import pathlib
import sys

import numpy
import onnx
import onnx.checker
import onnxruntime

RELATIVE_TOLERANCE = 1e-4
HIDDEN = numpy.float32(-1e9)


def session(path: pathlib.Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def padded(texts: list[list[int]], left: bool, width: int) -> dict[str, numpy.ndarray]:
    ids = numpy.zeros((len(texts), width), numpy.int64)
    mask = numpy.zeros_like(ids)
    for row, text in enumerate(texts):
        first = width - len(text) if left else 0
        ids[row, first : first + len(text)] = text
        mask[row, first : first + len(text)] = 1
    return {"input_ids": ids, "attention_mask": mask}


def ragged(texts: list[list[int]]) -> dict[str, numpy.ndarray]:
    longest = max(map(len, texts))
    starts = numpy.cumsum([0, *map(len, texts)])[:-1]
    inside = numpy.arange(longest) < numpy.array([[len(text)] for text in texts])
    return {
        "input_ids": numpy.concatenate(texts).astype(numpy.int64),
        "position_ids": numpy.concatenate([numpy.arange(len(text)) for text in texts]),
        "pad_index": numpy.where(inside, starts[:, None] + numpy.arange(longest), 0),
        "unpad_index": numpy.flatnonzero(inside),
        "attention_bias": numpy.where(inside, numpy.float32(0), HIDDEN)[:, None, None, :],
        "cls_index": starts,
    }


def compare(what: str, logits: numpy.ndarray, expected: numpy.ndarray) -> None:
    difference = numpy.abs(logits - expected).max() / numpy.abs(expected).max()
    if not difference <= RELATIVE_TOLERANCE:
        raise ValueError(f"{what}: the logits differ by {difference:.1e}")
    print(f"ok    {what}: differs by {difference:.1e}")


def check_merged(path: pathlib.Path, texts: list[list[int]], expected: numpy.ndarray) -> None:
    onnx.checker.check_model(str(path), full_check=True)
    model = onnx.load(str(path))
    if any(node.domain for node in model.graph.node) or [opset.domain for opset in model.opset_import] != [""]:
        raise ValueError(f"{path}: has operators beside ONNX's own")
    metadata = {entry.key: entry.value for entry in model.metadata_props}
    if len(json.loads(metadata["id2label"])) != expected.shape[1]:
        raise ValueError(f"{path}: names {metadata['id2label']}")
    onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
    merged = session(path)
    longest = max(map(len, texts))
    for name, left, width in (("right", False, longest), ("left", True, longest), ("more", False, longest + 9)):
        compare(f"{path} padded {name}", merged.run(None, padded(texts, left, width))[0], expected)


def check_adapter(folder: pathlib.Path, texts: list[list[int]], expected: numpy.ndarray) -> None:
    path = folder / "model.onnx_adapter"
    read = onnxruntime.AdapterFormat.read_adapter(str(path))
    if read.get_format_version() != 1:
        raise ValueError(f"{path}: format version {read.get_format_version()}")
    parameters = {name: value.numpy() for name, value in read.get_parameters().items()}
    graph = onnx.load(str(folder / "inference_model.onnx"), load_external_data=False).graph
    shapes = {value.name: [dim.dim_value for dim in value.type.tensor_type.shape.dim] for value in graph.input}
    for name, values in parameters.items():
        if list(values.shape) != shapes[name] or not numpy.isfinite(values).all():
            raise ValueError(f"{path}: {name} {values.shape} is not the graph's {shapes.get(name)}")
    inference = session(folder / "inference_model.onnx")
    compare(f"{path} fed by hand", inference.run(None, ragged(texts) | parameters)[0], expected)
    adapter = onnxruntime.LoraAdapter()
    adapter.Load(str(path))
    options = onnxruntime.RunOptions()
    options.add_active_adapter(adapter)
    compare(f"{path} in a run's options", inference.run(None, ragged(texts), options)[0], expected)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("expected", type=pathlib.Path)
    arguments = parser.parse_args()
    golden = json.loads(arguments.expected.read_text())
    expected = numpy.array(golden["logits"], numpy.float32)
    try:
        check_merged(arguments.folder / "model.onnx", golden["input_ids"], expected)
        check_adapter(arguments.folder / "artifacts", golden["input_ids"], expected)
    except Exception as error:  # the checker and the runtime raise several kinds; all mean the same here
        print(f"FAIL  {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
