"""Draws the README's overview of rate, errors and duration from what a Prometheus has seen of a service.

With --minutes it first asks the service over HTTP and gRPC, more and less by turns; in the third quarter
every twentieth request is for --missing, a model that is unloaded meanwhile. README.md says how to run it.
"""

import argparse
import http.client
import json
import math
import random
import threading
import time
import urllib.parse
import urllib.request

TEXTS = [
    "I would watch it again.",
    "Two hours that I will not get back.",
    "The plot is thin, but the actors make up for it, and the last scene alone is worth the ticket.",
]
COLORS = {"http": "#2563eb", "grpc": "#d97706"}
# By protocol: the histogram, what of it are our errors, what of it are inferences.
PROTOCOLS = {
    "http": ("http_server_requests_seconds", '{status=~"5.."}', '{uri=~".*/classify|.*/infer"}'),
    "grpc": ("grpc_server_processing_duration_seconds",
             '{statusCode=~"UNKNOWN|INTERNAL|UNAVAILABLE|DEADLINE_EXCEEDED|DATA_LOSS"}',
             '{method="ModelInfer"}'),
}
RATE = "sum(rate(%(name)s_count[1m]))"
ERRORS = "(sum(rate(%(name)s_count%(errors)s[1m])) or vector(0)) / " + RATE
QUANTILE = "histogram_quantile(%s, sum by (le) (rate(%%(name)s_bucket%%(inferences)s[1m])))"
PANELS = [
    ("Rate", "requests a second", [(RATE, "")], 1),
    ("Errors", "% of requests", [(ERRORS, "")], 100),
    ("Duration", "ms, p50 and p99 (dashed)", [(QUANTILE % 0.5, ""), (QUANTILE % 0.99, "4 3")], 1000),
]
WIDTH, HEIGHT, LEFT, TOP, GAP = 300, 150, 40, 46, 62


def field(number, data):
    """A length-delimited field of protocol buffers."""
    return bytes([number << 3 | 2, *varint(len(data))]) + data


def varint(value):
    while value > 127:
        yield value & 127 | 128
        value >>= 7
    yield value


def infer_request(model, text):
    contents = field(8, text.encode())
    tensor = field(1, b"text") + field(2, b"BYTES") + field(3, b"\x01") + field(5, contents)
    return field(1, model.encode()) + field(5, tensor)


class Load:
    """Clients of both protocols, each with a connection of its own."""

    def __init__(self, arguments):
        self.arguments = arguments
        self.start = time.time()
        self.end = self.start + 60 * arguments.minutes

    def run(self):
        self.repository("load")
        threads = [threading.Thread(target=self.client, args=(ask(),))
                   for ask in (self.http_client, self.grpc_client) for _ in range(4)]
        for thread in threads:
            thread.start()
        self.at(0.5, "unload")
        self.at(0.75, "load")
        for thread in threads:
            thread.join()

    def at(self, share, action):
        time.sleep(max(0, self.start + share * (self.end - self.start) - time.time()))
        self.repository(action)

    def repository(self, action):
        url = f"{self.arguments.http}/v2/repository/models/{self.arguments.missing}/{action}"
        request = urllib.request.Request(url, b"{}", {"Content-Type": "application/json"})
        urllib.request.urlopen(request).close()

    def client(self, ask):
        while time.time() < self.end:
            done = (time.time() - self.start) / (self.end - self.start)
            model = self.arguments.missing if random.random() < 0.05 else self.arguments.model
            ask(model, random.choice(TEXTS))
            rate = self.arguments.rate * (0.55 - 0.45 * math.cos(4 * math.pi * done)) / 8
            time.sleep(random.expovariate(rate))

    def http_client(self):
        address = urllib.parse.urlsplit(self.arguments.http)
        connection = http.client.HTTPConnection(address.hostname, address.port)

        def ask(model, text):
            connection.request("POST", f"/v1/models/{model}/classify",
                               json.dumps({"text": text}), {"Content-Type": "application/json"})
            connection.getresponse().read()

        return ask

    def grpc_client(self):
        import grpc
        channel = grpc.insecure_channel(self.arguments.grpc)
        call = channel.unary_unary("/inference.GRPCInferenceService/ModelInfer")

        def ask(model, text):
            try:
                call(infer_request(model, text))
            except grpc.RpcError:
                pass

        return ask


def series(prometheus, query, start, end):
    """(seconds since the start, value)."""
    parameters = urllib.parse.urlencode(
        {"query": query, "start": start, "end": end, "step": max(1, (end - start) // 150)})
    with urllib.request.urlopen(f"{prometheus}/api/v1/query_range?{parameters}") as answer:
        result = json.load(answer)["data"]["result"]
    return [(t - start, float(v)) for one in result for t, v in one["values"] if v != "NaN"]


def nice(value):
    """A number with few digits that is not below."""
    power = 10 ** math.floor(math.log10(value))
    return next(f * power for f in (1, 1.2, 1.6, 2, 3, 4, 6, 8, 10) if f * power >= value)


def draw_panel(x, title, unit, lines, seconds):
    top = nice(max((v for _, _, points in lines for _, v in points), default=1) or 1)
    out = [f'<text x="{x}" y="22" class="title">{title}</text>',
           f'<text x="{x}" y="37" class="small">{unit}</text>']
    for step in range(5):
        y = TOP + HEIGHT * (1 - step / 4)
        out.append(f'<path d="M{x} {y}h{WIDTH}" class="grid"/>')
        out.append(f'<text x="{x - 4}" y="{y + 3}" class="small end">{top * step / 4:g}</text>')
    for share in (0, 0.5, 1):
        out.append(f'<text x="{x + WIDTH * share}" y="{TOP + HEIGHT + 14}" class="small middle">'
                   f'{seconds * share / 60:.0f} min</text>')
    for protocol, dash, points in lines:
        path = "L".join(f"{x + WIDTH * t / seconds:.1f} {TOP + HEIGHT * (1 - v / top):.1f}"
                        for t, v in points)
        out.append(f'<path d="M{path}" fill="none" stroke="{COLORS[protocol]}" stroke-width="1.6"'
                   + (f' stroke-dasharray="{dash}"' if dash else "") + "/>")
    return out


def draw(prometheus, start, end):
    total = LEFT + 3 * (WIDTH + GAP) - GAP + 20
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {total} 240" width="{total}">',
           "<style>text{font-family:Helvetica,Arial,sans-serif;fill:#1f2937}.title{font-size:15px;"
           "font-weight:bold}.small{font-size:10px;fill:#4b5563}.end{text-anchor:end}"
           ".middle{text-anchor:middle}.grid{stroke:#e5e7eb}</style>",
           f'<rect width="{total}" height="240" fill="#fff"/>']
    for index, (title, unit, queries, scale) in enumerate(PANELS):
        lines = []
        for protocol, (name, errors, inferences) in PROTOCOLS.items():
            parts = {"name": name, "errors": errors, "inferences": inferences}
            for query, dash in queries:
                points = series(prometheus, query % parts, start, end)
                lines.append((protocol, dash, [(t, scale * v) for t, v in points]))
        out += draw_panel(LEFT + index * (WIDTH + GAP), title, unit, lines, end - start)
    for index, (protocol, name) in enumerate((("http", "HTTP"), ("grpc", "gRPC"))):
        x = LEFT + 70 * index
        out.append(f'<rect x="{x}" y="222" width="16" height="3" fill="{COLORS[protocol]}"/>')
        out.append(f'<text x="{x + 22}" y="227" class="small">{name}</text>')
    return "\n".join(out + ["</svg>", ""])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--prometheus", default="http://127.0.0.1:9090")
    parser.add_argument("--minutes", type=float, default=0, help="ask the service for so long before")
    parser.add_argument("--last", type=float, default=15, help="minutes to draw, without --minutes")
    parser.add_argument("--http", default="http://127.0.0.1:8080")
    parser.add_argument("--grpc", default="127.0.0.1:9000")
    parser.add_argument("--model", default="reviews")
    parser.add_argument("--missing", default="staging")
    parser.add_argument("--rate", type=float, default=60, help="the most requests a second")
    parser.add_argument("--out", default="docs/images/red.svg")
    arguments = parser.parse_args()
    if arguments.minutes:
        load = Load(arguments)
        load.run()
        start, end = load.start, load.end
    else:
        end = time.time()
        start = end - 60 * arguments.last
    with open(arguments.out, "w", encoding="utf-8") as file:
        file.write(draw(arguments.prometheus, int(start), int(end)))


if __name__ == "__main__":
    main()
