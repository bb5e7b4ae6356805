"""Asks ONNX's own checker about exported artifacts.

    python tools/oracle/check_onnx.py DIR [DIR ...]

For every *.onnx file of a folder: onnx.checker by path, so that it also looks at the external data
beside the graph, and loading with all external data. Then full_check, which infers every type and
shape and compares them with the declared ones. The checker does not know the operators of ONNX
Runtime's own domain, so for that one check each is replaced by standard ones of the same shapes.
Every gradient must have its parameter's shape. Fails with the checker's words.
"""

import argparse
import hashlib
import json
import pathlib
import sys

import onnx
import onnx.checker
import onnx.shape_inference


def check_graph(path: pathlib.Path) -> str:
    onnx.checker.check_model(str(path), full_check=False)
    onnx.load(str(path), load_external_data=True)
    bare = onnx.load(str(path), load_external_data=False)
    if any(value.type.HasField("sequence_type") for value in bare.graph.input):
        return f"{len(bare.graph.node)} nodes; works in place on sequences, which have no shapes"
    standard = with_standins(bare)
    inferred = onnx.shape_inference.infer_shapes(standard, check_type=True, strict_mode=True, data_prop=True)
    for tensor in inferred.graph.initializer:
        if tensor.data_location == onnx.TensorProto.EXTERNAL:
            tensor.ClearField("external_data")
            tensor.ClearField("data_location")
            inferred.graph.input.append(onnx.helper.make_tensor_value_info(tensor.name, tensor.data_type, tensor.dims))
    names = {value.name for value in inferred.graph.input}
    kept = [tensor for tensor in inferred.graph.initializer if tensor.name not in names]
    del inferred.graph.initializer[:]
    inferred.graph.initializer.extend(kept)
    onnx.checker.check_model(inferred, full_check=True)

    shapes = {
        value.name: [dim.dim_param or dim.dim_value for dim in value.type.tensor_type.shape.dim]
        for value in [*inferred.graph.value_info, *inferred.graph.input, *inferred.graph.output]
    }
    gradients = 0
    for node in bare.graph.node:
        if node.op_type == "InPlaceAccumulatorV2":
            buffer, gradient = shapes[node.input[0]], shapes[node.input[1]]
            if buffer != gradient:
                raise ValueError(f"{node.input[0]} has the shape {buffer}, its gradient {gradient}")
            gradients += 1
    values = {output for node in standard.graph.node for output in node.output}
    untyped = sorted(name for name in values if name not in shapes)
    if untyped:
        raise ValueError(f"no shape can be inferred for {untyped[:5]}")
    return f"{len(bare.graph.node)} nodes, {len(values)} values typed and shaped, {gradients} gradients like their parameters"


def with_standins(model: onnx.ModelProto) -> onnx.ModelProto:
    standard = onnx.ModelProto()
    standard.CopyFrom(model)
    del standard.graph.node[:]
    for node in model.graph.node:
        standard.graph.node.extend([node] if not node.domain else standins(node))
    del standard.opset_import[:]
    standard.opset_import.extend(opset for opset in model.opset_import if not opset.domain)
    return standard


def standins(node: onnx.NodeProto) -> list[onnx.NodeProto]:
    make = onnx.helper.make_node
    inputs, outputs = node.input, node.output
    flags = {attribute.name: attribute.i for attribute in node.attribute}
    match node.op_type:
        case "Gelu":
            return [make("Relu", [inputs[0]], [outputs[0]])]
        case "ReluGrad":
            return [make("Add", [inputs[0], inputs[1]], [outputs[0]])]
        case "DropoutGrad":
            return [make("Where", [inputs[1], inputs[0], inputs[0]], [outputs[0]])]
        case "SoftmaxCrossEntropyLossGrad":
            return [make("Mul", [inputs[0], inputs[1]], [outputs[0]])]
        case "InPlaceAccumulatorV2":
            return [make("Identity", [inputs[2]], [outputs[0]])]
        case "FusedMatMul":
            nodes, factors = [], []
            for name, transposed in ((inputs[0], flags.get("transA")), (inputs[1], flags.get("transB"))):
                factors.append(f"{outputs[0]}/{len(factors)}" if transposed else name)
                if transposed:
                    nodes.append(make("Transpose", [name], [factors[-1]], perm=[0, 1, 3, 2]))
            return [*nodes, make("MatMul", factors, [outputs[0]])]
        case other:
            raise ValueError(f"no standard operator stands in for {other}")


def check_manifest(folder: pathlib.Path) -> str:
    manifest = json.loads((folder / "manifest.json").read_text())
    for file in manifest["files"]:
        data = (folder / file["name"]).read_bytes()
        if len(data) != file["bytes"] or hashlib.sha256(data).hexdigest() != file["sha256"]:
            raise ValueError(f"{file['name']} is not what manifest.json says")
    for graph in manifest["graphs"]:
        model = onnx.load(str(folder / graph["file"]), load_external_data=False)
        for key, values in (("inputs", model.graph.input), ("outputs", model.graph.output)):
            if [tensor["name"] for tensor in graph[key]] != [value.name for value in values]:
                raise ValueError(f"{graph['file']}: {key} are not what manifest.json says")
    return f"{len(manifest['files'])} files as hashed"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=pathlib.Path)
    failed = False
    for folder in parser.parse_args().folders:
        checks = [(path.name, lambda path=path: check_graph(path)) for path in sorted(folder.glob("*.onnx"))]
        if not checks:
            raise SystemExit(f"{folder} holds no graphs")
        checks.append(("manifest.json", lambda folder=folder: check_manifest(folder)))
        for name, check in checks:
            try:
                print(f"ok    {folder / name}: {check()}")
            except Exception as error:  # the checker raises several kinds; all mean the same here
                failed = True
                print(f"FAIL  {folder / name}: {error}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
