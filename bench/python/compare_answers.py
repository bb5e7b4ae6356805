"""Compares two running services' answers to the rows of a labelled CSV file, also gzipped.

    python3 bench/python/compare_answers.py --data ROWS.csv --model NAME [--labels A,B] URL URL

Each URL is a service's root, such as http://127.0.0.1:8080. Prints the accuracy of each, how many
answers differ, and by how much the probabilities of the first service's labels do. Needs nothing but
Python's standard library.
"""

import argparse
import csv
import gzip
import json
import statistics
import urllib.request

TEXTS_PER_REQUEST = 16


def classify(url: str, model: str, texts: list[str]) -> list[dict]:
    request = urllib.request.Request(
        f"{url}/v1/models/{model}/classify",
        json.dumps({"texts": texts}).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)["results"]


def answers(url: str, model: str, texts: list[str]) -> list[dict]:
    results = []
    for first in range(0, len(texts), TEXTS_PER_REQUEST):
        results += classify(url, model, texts[first : first + TEXTS_PER_REQUEST])
    return results


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--labels", help="names of the labels 0, 1, ... of the file, by commas")
    parser.add_argument("urls", nargs=2)
    arguments = parser.parse_args()
    opener = gzip.open if arguments.data.endswith(".gz") else open
    with opener(arguments.data, "rt", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    if arguments.labels:
        labels = arguments.labels.split(",")
        rows = [row | {"label": labels[int(row["label"])]} for row in rows]
    texts = [row["text"] for row in rows]
    first, second = (answers(url, arguments.model, texts) for url in arguments.urls)
    names = {result["label"] for result in first}
    if not {row["label"] for row in rows} <= names:
        raise SystemExit(f"the file's labels are not the model's: {sorted(names)}")
    for url, results in zip(arguments.urls, (first, second)):
        right = sum(result["label"] == row["label"] for result, row in zip(results, rows))
        print(f"{url}: {right} of {len(rows)} right, {right / len(rows):.4f}")
    print(f"answers that differ: {sum(a['label'] != b['label'] for a, b in zip(first, second))}")
    scores = [{score["label"]: score["score"] for score in result["scores"]} for result in second]
    differences = [abs(a["score"] - b[a["label"]]) for a, b in zip(first, scores)]
    print(f"probabilities differ by {statistics.mean(differences):.4f} on average, {max(differences):.4f} at most")


if __name__ == "__main__":
    main()
