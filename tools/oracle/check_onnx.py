"""Asks ONNX's own checker about exported artifacts.

    python tools/oracle/check_onnx.py DIR [DIR ...]

For every *.onnx file of a folder: onnx.checker by path, so that it also looks at the external data
beside the graph; strict shape inference, whose shapes must agree with the declared ones; and loading
with all external data. Fails with the checker's words. Operators of ONNX Runtime's own domain are
unknown to the checker: shapes behind them are not inferred.
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
    bare = onnx.load(str(path), load_external_data=False)
    inferred = onnx.shape_inference.infer_shapes(
        bare, check_type=True, strict_mode=is_all_standard(bare), data_prop=True
    )
    if is_all_standard(bare):
        onnx.checker.check_model(str(path), full_check=True)
    onnx.load(str(path), load_external_data=True)
    typed = len(inferred.graph.value_info)
    domains = sorted({node.domain or "ai.onnx" for node in bare.graph.node})
    return f"{len(bare.graph.node)} nodes of {', '.join(domains)}, {typed} values typed by inference"


def is_all_standard(model: onnx.ModelProto) -> bool:
    return all(not node.domain for node in model.graph.node)


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
