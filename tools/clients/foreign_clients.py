"""Asks a running service as other people's clients do; ends with 1 at the first surprise.

Usage: foreign_clients.py --proto FILE --http URL --grpc HOST:PORT
"""

import argparse
import importlib
import json
import pathlib
import struct
import sys
import tempfile
import urllib.error
import urllib.request

import grpc
from grpc_tools import protoc

TEXTS = ["it was good", "a"]

# As their specifications have them (grpc/grpc-proto); only what is asked here.
HEALTH = """
syntax = "proto3";
package grpc.health.v1;
message HealthCheckRequest { string service = 1; }
message HealthCheckResponse {
  enum ServingStatus { UNKNOWN = 0; SERVING = 1; NOT_SERVING = 2; SERVICE_UNKNOWN = 3; }
  ServingStatus status = 1;
}
service Health { rpc Check(HealthCheckRequest) returns (HealthCheckResponse); }
"""
REFLECTION = """
syntax = "proto3";
package grpc.reflection.%s;
message ServerReflectionRequest {
  string host = 1;
  oneof message_request {
    string file_by_filename = 3;
    string file_containing_symbol = 4;
    string list_services = 7;
  }
}
message ServerReflectionResponse {
  oneof message_response {
    FileDescriptorResponse file_descriptor_response = 4;
    ListServiceResponse list_services_response = 6;
  }
}
message FileDescriptorResponse { repeated bytes file_descriptor_proto = 1; }
message ListServiceResponse { repeated ServiceResponse service = 1; }
message ServiceResponse { string name = 1; }
service ServerReflection {
  rpc ServerReflectionInfo(stream ServerReflectionRequest) returns (stream ServerReflectionResponse);
}
"""


def check(condition, what):
    if not condition:
        sys.exit("not as expected: " + what)
    print("ok  " + what)


def generate(folder, name, text):
    """Compiles a .proto and imports its two modules."""
    path = pathlib.Path(folder, name + ".proto")
    path.write_text(text, encoding="utf-8")
    code = protoc.main(
        ["protoc", f"-I{folder}", f"--python_out={folder}", f"--grpc_python_out={folder}", str(path)]
    )
    check(code == 0, f"stubs from {name}.proto")
    return importlib.import_module(name + "_pb2"), importlib.import_module(name + "_pb2_grpc")


def request(pb, texts, raw=False, **fields):
    tensor = pb.ModelInferRequest.InferInputTensor(
        name="text", datatype="BYTES", shape=[len(texts)]
    )
    message = pb.ModelInferRequest(model_name="reviews", **fields)
    if raw:
        encoded = [text.encode("utf-8") for text in texts]
        message.raw_input_contents.append(
            b"".join(struct.pack("<I", len(text)) + text for text in encoded)
        )
    else:
        tensor.contents.bytes_contents.extend(text.encode("utf-8") for text in texts)
    message.inputs.append(tensor)
    return message


def failure(call, message, **options):
    try:
        call(message, **options)
    except grpc.RpcError as error:
        return error
    sys.exit("not as expected: an answer to a faulty request")


def unpack(contents):
    texts, position = [], 0
    while position < len(contents):
        (length,) = struct.unpack_from("<I", contents, position)
        texts.append(contents[position + 4 : position + 4 + length].decode("utf-8"))
        position += 4 + length
    return texts


def ask_inference(channel, pb, pb_grpc):
    stub = pb_grpc.GRPCInferenceServiceStub(channel)
    check(stub.ServerLive(pb.ServerLiveRequest()).live, "ServerLive")
    check(stub.ServerReady(pb.ServerReadyRequest()).ready, "ServerReady")
    check(stub.ModelReady(pb.ModelReadyRequest(name="reviews")).ready, "ModelReady")
    server = stub.ServerMetadata(pb.ServerMetadataRequest())
    check("model_repository" in server.extensions, "ServerMetadata")
    model = stub.ModelMetadata(pb.ModelMetadataRequest(name="reviews"))
    check([tensor.name for tensor in model.inputs] == ["text"], "ModelMetadata")
    check(model.inputs[0].datatype == "BYTES", "ModelMetadata's data type")

    typed, call = stub.ModelInfer.with_call(request(pb, TEXTS, id="42"))
    check(typed.id == "42" and not typed.raw_output_contents, "ModelInfer, typed")
    outputs = {tensor.name: tensor for tensor in typed.outputs}
    labels = [label.decode() for label in outputs["label"].contents.bytes_contents]
    check(len(labels) == len(TEXTS), "a label per text")
    trailers = dict(call.trailing_metadata())
    check(trailers["x-inference-time"].isdigit(), "timings in the trailing metadata")

    raw = stub.ModelInfer(request(pb, TEXTS, raw=True))
    check(len(raw.raw_output_contents) == len(raw.outputs), "ModelInfer, raw")
    check(unpack(raw.raw_output_contents[0]) == labels, "the same labels, raw")
    width = raw.outputs[3].shape[1]
    logits = struct.unpack(f"<{len(TEXTS) * width}f", raw.raw_output_contents[3])
    check(list(logits) == list(outputs["logits"].contents.fp32_contents), "the same logits, raw")

    chosen = request(pb, TEXTS)
    chosen.outputs.add(name="probabilities").parameters["classification"].int64_param = 1
    best = stub.ModelInfer(chosen).outputs[0]
    check(list(best.shape) == [2, 1], "the classification parameter")
    check(
        [value.decode().split(":", 2)[2] for value in best.contents.bytes_contents] == labels,
        "value:index:label",
    )

    both = request(pb, TEXTS, raw=True)
    both.inputs[0].contents.bytes_contents.append(b"a")
    error = failure(stub.ModelInfer, both)
    check(error.code() == grpc.StatusCode.INVALID_ARGUMENT, "typed and raw at once are refused")
    check(dict(error.trailing_metadata())["ortune-code"] == "INVALID_REQUEST", "the stable code")
    unknown = request(pb, TEXTS)
    unknown.model_name = "none"
    error = failure(stub.ModelInfer, unknown)
    check(error.code() == grpc.StatusCode.NOT_FOUND, "an unknown model is not found")

    index = stub.RepositoryIndex(pb.RepositoryIndexRequest())
    check("reviews" in [model.name for model in index.models], "RepositoryIndex")
    unload = pb.RepositoryModelUnloadRequest(model_name="reviews")
    unload.parameters["unload_dependents"].bool_param = False
    stub.RepositoryModelUnload(unload)
    check(not stub.ModelReady(pb.ModelReadyRequest(name="reviews")).ready, "RepositoryModelUnload")
    stub.RepositoryModelLoad(pb.RepositoryModelLoadRequest(model_name="reviews"))
    check(stub.ModelReady(pb.ModelReadyRequest(name="reviews")).ready, "RepositoryModelLoad")
    return labels


def ask_health(channel, pb, pb_grpc):
    stub = pb_grpc.HealthStub(channel)
    for service in ["", "inference.GRPCInferenceService"]:
        status = stub.Check(pb.HealthCheckRequest(service=service)).status
        check(status == pb.HealthCheckResponse.SERVING, f"health of {service!r}")


def ask_reflection(channel, version, pb, pb_grpc):
    stub = pb_grpc.ServerReflectionStub(channel)
    answers = stub.ServerReflectionInfo(
        iter(
            [
                pb.ServerReflectionRequest(list_services="*"),
                pb.ServerReflectionRequest(
                    file_containing_symbol="inference.GRPCInferenceService"
                ),
            ]
        )
    )
    services = [service.name for service in next(answers).list_services_response.service]
    check("inference.GRPCInferenceService" in services, f"reflection {version}: services")
    files = next(answers).file_descriptor_response.file_descriptor_proto
    check(any(b"ModelInferRequest" in file for file in files), f"reflection {version}: files")


def http(url, body=None, headers=None):
    """Status, headers and JSON of a request."""
    data = None if body is None else json.dumps(body).encode("utf-8")
    headers = dict(headers or {})
    if data is not None:
        headers["Content-Type"] = "application/json"
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=60) as reply:
            status, fields, text = reply.status, reply.headers, reply.read()
    except urllib.error.HTTPError as error:
        status, fields, text = error.code, error.headers, error.read()
    return status, fields, json.loads(text) if text else None


def ask_open_inference(root, labels):
    status, _, server = http(root + "/v2")
    check(status == 200 and {"name", "version", "extensions"} <= set(server), "GET /v2")
    for path in ["/v2/health/live", "/v2/health/ready", "/v2/models/reviews/ready"]:
        check(http(root + path)[0] == 200, "GET " + path)
    status, _, model = http(root + "/v2/models/reviews")
    check(model["inputs"][0]["datatype"] == "BYTES", "GET /v2/models/reviews")
    version = model["versions"][-1]
    body = {
        "id": "42",
        "inputs": [{"name": "text", "shape": [2, 1], "datatype": "BYTES", "data": [[t] for t in TEXTS]}],
    }
    for path in ["/v2/models/reviews/infer", f"/v2/models/reviews/versions/{version}/infer"]:
        status, fields, answer = http(root + path, body)
        check(status == 200 and answer["id"] == "42", "POST " + path)
        check(answer["model_version"] == version, "its version")
        check(answer["outputs"][0]["data"] == labels, "the labels that gRPC answered")
        check(fields["x-total-time"].isdigit(), "timings in the headers")
    for path, body, expected in [
        ("/v2/models/none/infer", body, 404),
        ("/v2/models/reviews/infer", {"inputs": []}, 400),
        ("/v2/nothing", None, 404),
    ]:
        status, _, answer = http(root + path, body)
        check(status == expected and list(answer) == ["error"], f"{expected} at {path}")
    status, _, index = http(root + "/v2/repository/index", {"ready": True})
    check("reviews" in [entry["name"] for entry in index], "POST /v2/repository/index")
    for action in ["unload", "load"]:
        path = f"/v2/repository/models/reviews/{action}"
        check(http(root + path, {})[0] == 200, "POST " + path)


def ask_text_embeddings_inference(root, labels):
    status, fields, one = http(root + "/predict", {"inputs": TEXTS[0]})
    check(status == 200 and one[0]["label"] == labels[0], "POST /predict, one text")
    check([entry["score"] for entry in one] == sorted((e["score"] for e in one), reverse=True), "sorted")
    status, _, batch = http(root + "/predict", {"inputs": [[text] for text in TEXTS], "truncate": True})
    check([text[0]["label"] for text in batch] == labels, "POST /predict, a batch")
    status, _, error = http(root + "/predict", {"inputs": ["a", "b"]})
    check(status == 422 and set(error) == {"error", "error_type"}, "a pair is refused in its words")
    status, _, info = http(root + "/info")
    check(labels[0] in info["model_type"]["classifier"]["label2id"], "GET /info")
    check(http(root + "/health")[0] == 200, "GET /health")


def ask_classify(root, labels):
    body = {"texts": TEXTS, "top_k": 1}
    status, _, answer = http(root + "/v1/models/reviews/classify", body)
    check([result["label"] for result in answer["results"]] == labels, "classify")
    check(all(len(result["scores"]) == 1 for result in answer["results"]), "top_k")
    status, fields, problem = http(root + "/v1/models/reviews/classify", {"text": ""})
    check(status == 400 and problem["code"] == "INVALID_REQUEST", "a problem document")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--proto", required=True, type=pathlib.Path)
    parser.add_argument("--http", required=True)
    parser.add_argument("--grpc", required=True)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sys.path.insert(0, folder)
        text = arguments.proto.read_text(encoding="utf-8")
        with grpc.insecure_channel(arguments.grpc) as channel:
            labels = ask_inference(channel, *generate(folder, "open_inference", text))
            ask_health(channel, *generate(folder, "health", HEALTH))
            for version in ["v1", "v1alpha"]:
                modules = generate(folder, "reflection_" + version, REFLECTION % version)
                ask_reflection(channel, version, *modules)
    ask_open_inference(arguments.http, labels)
    ask_text_embeddings_inference(arguments.http, labels)
    ask_classify(arguments.http, labels)
    print("all as expected")


if __name__ == "__main__":
    main()
