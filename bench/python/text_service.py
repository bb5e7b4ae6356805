"""What the two Python services have in common: FastAPI under uvicorn, and a dynamic batcher.

A batch is what waits when the model is free, up to a limit; nothing waits for company. The model
computes in one thread of its own, so that the event loop takes requests meanwhile.
"""

import argparse
import asyncio
import contextlib
import importlib.metadata
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel

MAX_TOKENS = 512


class Classifier(Protocol):
    """Called by one thread only."""

    def probabilities(self, texts: list, adapters: list) -> list:
        """One list of probabilities per text, in the order of the labels."""


class ClassifyRequest(BaseModel):
    text: str
    # An adapter's folder name; the first one without.
    model: str = ""


class Batcher:
    def __init__(self, classifier: Classifier, max_batch: int):
        self.classifier = classifier
        self.max_batch = max_batch
        self.waiting = asyncio.Queue()
        self.executor = ThreadPoolExecutor(max_workers=1)

    async def classify(self, request: ClassifyRequest) -> list:
        answer = asyncio.get_running_loop().create_future()
        self.waiting.put_nowait((request, answer))
        return await answer

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            batch = [await self.waiting.get()]
            while len(batch) < self.max_batch and not self.waiting.empty():
                batch.append(self.waiting.get_nowait())
            requests = [request for request, _ in batch]
            try:
                results = await loop.run_in_executor(self.executor, self.compute, requests)
            except Exception as error:
                for _, answer in batch:
                    if not answer.done():
                        answer.set_exception(error)
                continue
            for (_, answer), result in zip(batch, results):
                if not answer.done():
                    answer.set_result(result)

    def compute(self, requests: list) -> list:
        return self.classifier.probabilities([r.text for r in requests], [r.model for r in requests])


def application(classifier: Classifier, labels: list, max_batch: int, libraries: tuple) -> FastAPI:
    batcher = Batcher(classifier, max_batch)

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI):
        worker = asyncio.create_task(batcher.run())
        yield
        worker.cancel()

    app = FastAPI(lifespan=lifespan)

    @app.post("/classify")
    async def classify(request: ClassifyRequest) -> dict:
        probabilities = await batcher.classify(request)
        best = max(range(len(probabilities)), key=probabilities.__getitem__)
        return {"label": labels[best], "score": probabilities[best]}

    @app.get("/health")
    async def health() -> dict:
        names = ("fastapi", "uvicorn", *libraries)
        return {"versions": {name: importlib.metadata.version(name) for name in names}}

    return app


def parser(description: str) -> argparse.ArgumentParser:
    result = argparse.ArgumentParser(description=description)
    result.add_argument("--base", required=True, help="the checkpoint's folder")
    result.add_argument("--adapter", required=True, action="append", help="a PEFT folder; repeatable")
    result.add_argument("--labels", required=True, help="their names, by comma, in order")
    result.add_argument("--threads", required=True, type=int)
    result.add_argument("--port", required=True, type=int)
    result.add_argument("--max-batch", required=True, type=int, help="texts per batch at most")
    return result


def serve(app: FastAPI, port: int) -> None:
    """uvloop and httptools are used where they are installed, as uvicorn does by itself."""
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", access_log=False)
