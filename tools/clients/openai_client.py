"""OpenAI's own client fine-tunes a classifier on a running service and has it answer.

    python3 openai_client.py --http http://127.0.0.1:8080 --base bge-small-en-v1.5 [--key sk-ortune-...]

Needs the package `openai`, of version 2 or 3.
"""

import argparse
import json
import time
import urllib.request

import openai

parser = argparse.ArgumentParser()
parser.add_argument("--http", required=True)
parser.add_argument("--base", required=True)
parser.add_argument("--key", default="none")
options = parser.parse_args()
client = openai.OpenAI(base_url=options.http + "/v1", api_key=options.key, max_retries=0)


def rows(count):
    words = {"positive": "wonderful", "negative": "dreadful"}
    return "\n".join(
        json.dumps({"text": f"{word} film, number {n}.", "label": label})
        for n in range(count)
        for label, word in words.items()
    ).encode()


def refused(code, param, **request):
    try:
        client.fine_tuning.jobs.create(**request)
    except openai.APIStatusError as error:
        assert (error.code, error.param) == (code, param), (error.code, error.param)
        return
    raise AssertionError(f"{code} was expected")


training = client.files.create(file=("train.jsonl", rows(12)), purpose="fine-tune")
validation = client.files.create(file=("held-out.jsonl", rows(3)), purpose="fine-tune")
assert training.filename == "train.jsonl" and training.purpose == "fine-tune"
assert client.files.retrieve(training.id).bytes == len(rows(12))
assert client.files.content(training.id).read() == rows(12)
assert {training.id, validation.id} <= {file.id for file in client.files.list()}

refused("BASE_NOT_FOUND", "model", model="none", training_file=training.id)
refused("FILE_NOT_FOUND", "training_file", model=options.base, training_file="file-none")
refused("INVALID_REQUEST", "surplus", model=options.base, training_file=training.id,
        extra_body={"surplus": 1})

this_run = str(time.time())
request = dict(
    model=options.base,
    training_file=training.id,
    validation_file=validation.id,
    suffix="films",
    seed=7,
    metadata={"run": this_run},
    method={"type": "supervised", "supervised": {"hyperparameters": {"n_epochs": 2, "batch_size": 4}}},
    extra_headers={"Idempotency-Key": "films-" + this_run},
)
job = client.fine_tuning.jobs.create(**request)
assert client.fine_tuning.jobs.create(**request).id == job.id
assert job.object == "fine_tuning.job" and job.seed == 7
assert [one.id for one in client.fine_tuning.jobs.list(metadata={"run": this_run})] == [job.id]
assert not list(client.fine_tuning.jobs.list(metadata={"run": "another"}))

stream = urllib.request.Request(
    f"{options.http}/v1/fine_tuning/jobs/{job.id}/events",
    headers={"Accept": "text/event-stream", "Authorization": "Bearer " + options.key},
)
followed = []
with urllib.request.urlopen(stream, timeout=120) as lines:
    for line in lines:
        if line.startswith(b"data:"):
            followed.append(line[len(b"data:"):].strip().decode())
assert followed.pop() == "[DONE]"
job = client.fine_tuning.jobs.retrieve(job.id)
assert job.status == "succeeded", job
listed = [event.id for event in client.fine_tuning.jobs.list_events(job.id, limit=5)]
assert listed == [json.loads(event)["id"] for event in reversed(followed)]

checkpoints = list(client.fine_tuning.jobs.checkpoints.list(job.id))
assert [checkpoint.step_number for checkpoint in checkpoints] == [12, 6]
assert all(0 <= one.metrics.full_valid_mean_token_accuracy <= 1 for one in checkpoints)
results = [client.files.content(file).text for file in job.result_files]
assert any(text.startswith("step,epoch,train_loss") for text in results)

assert job.fine_tuned_model in [model.id for model in client.models.list()]
assert client.models.retrieve(job.fine_tuned_model).object == "model"
for model in [job.fine_tuned_model] + [one.fine_tuned_model_checkpoint for one in checkpoints]:
    answer = urllib.request.urlopen(
        urllib.request.Request(
            f"{options.http}/v1/models/{model}/classify",
            data=json.dumps({"text": "A wonderful film."}).encode(),
            headers={"Content-Type": "application/json", "Authorization": "Bearer " + options.key},
        )
    )
    assert json.load(answer)["results"][0]["label"] in ("positive", "negative")

try:
    client.fine_tuning.jobs.pause(job.id)
    raise AssertionError("an ended job was paused")
except openai.ConflictError as error:
    assert error.code == "JOB_STATUS"
assert client.models.delete(job.fine_tuned_model).deleted
assert client.files.delete(training.id).deleted
print(f"openai {openai.__version__}: all as expected")
