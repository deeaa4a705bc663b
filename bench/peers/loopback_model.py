"""A model on 127.0.0.1 that answers as fast as Python can, or after a wait: what the benches put between all runners.

    python bench/peers/loopback_model.py PORT

`/v1/chat/completions` answers at once, `/ms/200/v1/chat/completions` after 200 ms. It repeats the case's name; as the
model `judge` it gives a verdict in the form that was asked for; as `gradec` it says GRADE: C. `/stats` tells the calls
and how many were in flight at once, so that nobody's cache and concurrency have to be believed; `/reset` forgets them.
"""

import asyncio
import json
import re
import sys
from typing import Any

CASE = re.compile(rb"CASE-\d+")
MODEL = re.compile(rb'"model" *: *"([^"]+)"')
MILLISECONDS = re.compile(rb"/ms/(\d+)/")
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
VERDICT = {"quote": "", "reason": "The reply names the case.", "verdict": "pass", "pass": True, "score": 1.0}
REPLY = b"""{"role": "assistant", "content": "Thank you for writing about {case}. Electronics can be returned within \\
30 days, so this one cannot any more; I have noted your wish, and a colleague looks at it today."}""".replace(
    b"\\\n", b""
)
BEFORE = b'{"id": "c", "object": "chat.completion", "created": 1, "model": "m", "choices": [{"index": 0, "message": '
AFTER = b', "finish_reason": "stop"}], "usage": {"prompt_tokens": 60, "completion_tokens": 48, "total_tokens": 108}}'


class Counts:
    """What was asked since the last reset."""

    def __init__(self) -> None:
        self.calls = self.judged = self.flying = self.most = 0


class Model(asyncio.Protocol):
    """One connection; its calls come one after the other."""

    def __init__(self, counts: Counts) -> None:
        self.counts = counts
        self.raw = b""

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.raw += data
        while (end := self.raw.find(b"\r\n\r\n")) >= 0:
            length = LENGTH.search(self.raw, 0, end)
            whole = end + 4 + (int(length[1]) if length else 0)
            if len(self.raw) < whole:
                return
            path, body, self.raw = self.raw[: self.raw.find(b"\r\n")], self.raw[end + 4 : whole], self.raw[whole:]
            self.called(path, body)

    def called(self, path: bytes, body: bytes) -> None:
        counts = self.counts
        if b"/stats" in path or b"/reset" in path:
            told = {"calls": counts.calls, "judged": counts.judged, "most_at_once": counts.most}
            if b"/reset" in path:
                counts.__init__()  # type: ignore[misc]
            self.answer(json.dumps(told).encode())
            return
        counts.calls += 1
        counts.flying += 1
        counts.most = max(counts.most, counts.flying)
        message = self.message(body)
        if wait := MILLISECONDS.search(path):
            asyncio.get_running_loop().call_later(int(wait[1]) / 1000, self.landed, message)
        else:
            self.landed(message)

    def landed(self, message: bytes) -> None:
        self.counts.flying -= 1
        self.answer(BEFORE + message + AFTER)

    def message(self, body: bytes) -> bytes:
        model = MODEL.search(body)
        name = model[1] if model else b""
        if b"judge" in name or b"gradec" in name:
            self.counts.judged += 1
            return json.dumps(graded(body, by_letter=b"gradec" in name)).encode()
        case = CASE.findall(body) or [b"nothing"]
        return REPLY.replace(b"{case}", case[-1])

    def answer(self, body: bytes) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
        self.transport.write(head + body)


def graded(body: bytes, *, by_letter: bool) -> dict[str, Any]:
    """A judge's message: a letter, a tool's arguments or a JSON text, as it was asked."""
    if by_letter:
        return {"role": "assistant", "content": "The reply names the case.\n\nGRADE: C"}
    verdict = {**VERDICT, "verdict": "fail"} if b"KNOWN-TO-BE-BAD" in body else VERDICT
    if tools := json.loads(body).get("tools"):
        called = {"name": tools[0]["function"]["name"], "arguments": json.dumps(verdict_of(tools[0], verdict))}
        calls = [{"id": "call_1", "type": "function", "function": called}]
        return {"role": "assistant", "content": None, "tool_calls": calls}
    return {"role": "assistant", "content": json.dumps(verdict)}


def verdict_of(tool: dict[str, Any], verdict: dict[str, Any]) -> dict[str, Any]:
    """Those parts of the verdict that a tool takes."""
    known = tool["function"].get("parameters", {}).get("properties", {})
    return {name: value for name, value in verdict.items() if name in known}


async def main(port: int) -> None:
    counts = Counts()
    server = await asyncio.get_running_loop().create_server(lambda: Model(counts), "127.0.0.1", port, backlog=1000)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
