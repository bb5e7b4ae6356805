"""Makes the golden files under artifacts-gen/src/test/resources/checkpoint.

Needs torch, transformers, safetensors and onnx. Run from the root of the repository:
    python tools/oracle/make_checkpoint_fixtures.py
"""

import json
import shutil
import tempfile
from pathlib import Path

import numpy
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from safetensors.torch import save_file
from transformers import AutoTokenizer, BertConfig, BertModel, DistilBertConfig, DistilBertModel

ROOT = Path(__file__).resolve().parents[2] / "artifacts-gen/src/test/resources/checkpoint"


def bits(tensor):
    """The float32 values as integers, so that JSON keeps every bit."""
    return tensor.to(torch.float32).contiguous().view(torch.int32).flatten().tolist()


def dtypes():
    special = torch.tensor(
        [0.0, -0.0, 1.0, -2.5, 65504.0, 6e-8, 6.1e-5, float("inf"), float("-inf"), 1 / 3, 1e-3, -7.0]
    ).reshape(3, 4)
    tensors = {
        "f32": special,
        "f16": special.to(torch.float16),
        "bf16": special.to(torch.bfloat16),
        "f64": torch.linspace(-1, 1, 5, dtype=torch.float64) / 3,
        "scalar": torch.tensor(4.25),
        "empty": torch.zeros(0, 3),
        "position_ids": torch.arange(6).reshape(1, 6),
    }
    save_file(tensors, ROOT / "dtypes.safetensors", metadata={"format": "pt"})
    expected = {
        name: {"shape": list(tensor.shape), "bits": bits(tensor)}
        for name, tensor in tensors.items()
        if tensor.is_floating_point()
    }
    (ROOT / "dtypes.expected.json").write_text(json.dumps(expected) + "\n")


def written():
    """What Python writes for the tensors that SafetensorsWriterTest writes."""
    tensors = {
        "b.weight": torch.arange(6, dtype=torch.float32).reshape(2, 3),
        "a.bias": torch.tensor([0.5, -1.5]),
        "c": torch.tensor(3.0),
    }
    save_file(tensors, ROOT / "written.safetensors", metadata={"format": "pt"})


def sharded():
    folder = ROOT / "sharded"
    folder.mkdir()
    first, second = "model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"
    save_file({"a": torch.ones(2, 2), "b": torch.full((3,), 2.0)}, folder / first)
    save_file({"c": torch.full((1, 2), 3.0)}, folder / second)
    index = {"metadata": {"total_size": 36}, "weight_map": {"a": first, "b": first, "c": second}}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index, indent=2) + "\n")


def export(model, file, inputs):
    """A real export when this torch can do one without onnxscript."""
    torch.onnx.export(
        model.eval(),
        inputs,
        str(file),
        input_names=["input_ids", "attention_mask"],
        dynamic_axes={"input_ids": {0: "batch", 1: "sequence"}},
        opset_version=17,
        dynamo=False,
    )


def encoders():
    torch.manual_seed(0)
    bert = BertModel(
        BertConfig(
            vocab_size=11,
            hidden_size=8,
            num_hidden_layers=2,
            num_attention_heads=2,
            intermediate_size=12,
            max_position_embeddings=7,
            attn_implementation="eager",
        ),
        add_pooling_layer=True,
    )
    distilbert = torch.nn.Module()
    distilbert.distilbert = DistilBertModel(
        DistilBertConfig(
            vocab_size=11,
            dim=8,
            n_layers=1,
            n_heads=2,
            hidden_dim=12,
            max_position_embeddings=7,
            attn_implementation="eager",
        )
    )
    distilbert.forward = lambda input_ids, attention_mask: distilbert.distilbert(
        input_ids=input_ids, attention_mask=attention_mask
    ).last_hidden_state
    bert.forward = lambda input_ids, attention_mask: BertModel.forward(
        bert, input_ids=input_ids, attention_mask=attention_mask
    ).to_tuple()
    for module in list(bert.modules()) + list(distilbert.modules()):
        for name, parameter in module.named_parameters(recurse=False):
            torch.nn.init.normal_(parameter)
    # Two equal biases: the exporter stores them once.
    with torch.no_grad():
        bert.encoder.layer[1].output.dense.bias.copy_(bert.encoder.layer[0].output.dense.bias)
    inputs = (torch.tensor([[2, 5, 3]]), torch.ones(1, 3, dtype=torch.int64))
    for name, model in (("bert", bert), ("distilbert", distilbert)):
        export(model, ROOT / f"{name}.onnx", inputs)
        tensors = {key: value.contiguous() for key, value in model.named_parameters()}
        save_file(tensors, ROOT / f"{name}.expected.safetensors")
    model = onnx.load(ROOT / "bert.onnx")
    (ROOT / "external").mkdir()
    onnx.save(
        model,
        ROOT / "external/model.onnx",
        save_as_external_data=True,
        all_tensors_to_one_file=True,
        location="model.onnx_data",
        size_threshold=64,
    )


def gemm():
    """Gemm with and without transB, float_data, float16 and an integer initializer."""
    weight = numpy.arange(6, dtype=numpy.float32).reshape(2, 3)
    listed = helper.make_tensor("listed", TensorProto.FLOAT, [2], [0.25, -8.0])
    initializers = [
        numpy_helper.from_array(weight, "onnx::Gemm_1"),
        numpy_helper.from_array(weight.T.copy(), "onnx::Gemm_2"),
        numpy_helper.from_array(weight.astype(numpy.float16), "half"),
        numpy_helper.from_array(numpy.array([1, 2]), "position_ids"),
        listed,
    ]
    nodes = [
        helper.make_node("Gemm", ["x", "onnx::Gemm_1"], ["y"], name="/kept/Gemm", transB=1),
        helper.make_node("Gemm", ["x", "onnx::Gemm_2"], ["z"], name="/turned/Gemm"),
    ]
    graph = helper.make_graph(
        nodes,
        "gemm",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 3])],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, 2]) for name in ("y", "z")],
        initializers,
    )
    onnx.save(helper.make_model(graph), ROOT / "gemm.onnx")


TOKENS = (
    "[PAD] [UNK] [CLS] [SEP] [MASK] the a ##s good caf ##e café 中 文 Hello hello ! ' t don ##' été"
    " привет ##! 1 ##9"
).split()
TEXTS = ["Hello, the cafés", "don't good! 中文 été", "ПРИВЕТ привет 199", "HELLO [MASK] the\ta", "", "🙂"]


def tokenizers():
    added = {"content": "NEW", "lstrip": False, "normalized": True, "rstrip": False}
    added.update(single_word=True, special=False)
    mask = {"__type": "AddedToken", "content": "[MASK]", "lstrip": True, "normalized": False}
    mask.update(rstrip=False, single_word=False)
    cases = {
        "uncased": ("\n".join(TOKENS) + "\n", {"do_lower_case": True}),
        "cased": (
            "\r\n".join(TOKENS),
            {"do_lower_case": False, "strip_accents": False, "tokenize_chinese_chars": False},
        ),
        "no_mask": ("\n".join(t for t in TOKENS if t != "[MASK]") + "\n", {}),
        "own_tokens": (
            "\n".join(TOKENS).replace("[CLS]", "<s>") + "\n",
            {
                "cls_token": "<s>",
                "mask_token": mask,
                "added_tokens_decoder": {str(len(TOKENS)): added},
            },
        ),
    }
    for name, (vocabulary, config) in cases.items():
        folder = ROOT / "tokenizers" / name
        folder.mkdir(parents=True)
        (folder / "vocab.txt").write_bytes(vocabulary.encode())
        (folder / "tokenizer_config.json").write_text(json.dumps(config) + "\n")
        with tempfile.TemporaryDirectory() as scratch:
            shutil.copytree(folder, scratch, dirs_exist_ok=True)
            config = dict(config, tokenizer_class="BertTokenizer")
            (Path(scratch) / "tokenizer_config.json").write_text(json.dumps(config))
            tokenizer = AutoTokenizer.from_pretrained(scratch)
            tokenizer.save_pretrained(scratch)
            shutil.copy(Path(scratch) / "tokenizer.json", folder / "expected.json")
        ids = [{"text": text, "ids": tokenizer(text)["input_ids"]} for text in TEXTS]
        (folder / "ids.json").write_text(json.dumps(ids, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    shutil.rmtree(ROOT, ignore_errors=True)
    ROOT.mkdir(parents=True)
    dtypes()
    written()
    sharded()
    gemm()
    tokenizers()
    encoders()
