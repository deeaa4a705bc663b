"""A bot behind any HTTP endpoint: a JSON body with places to fill, and a path for each part of the reply."""

import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Literal, NamedTuple

import msgspec

from casemill.domain.case import Case
from casemill.domain.reply import Reply
from casemill.domain.word import changed
from casemill.errors import TargetError
from casemill.llm.http import Answer, Caller, Limits, Request, open_caller
from casemill.run.events import KIND, events_of, values_of
from casemill.run.fill import check_places, fill
from casemill.run.input import messages_of, told
from casemill.run.reply import decoded, json_of, reply_of, reply_of_bytes
from casemill.run.targets import Around, Asked, Target, check_address, filled

Said = Literal["text", "calls", "citations", "confidence", "intent", "escalated", "draft_shown"]
Spent = Literal["cost", "input_tokens", "output_tokens"]
Field = Said | Spent
EVERYTHING = ("case", "input", "turns", "context")
SECRET = re.compile(r"authorization|cookie|key|token|secret|password", re.IGNORECASE)
LISTS = frozenset({"calls", "citations"})


class Http(Target):
    """`body` is JSON whose texts may hold places: `{{input}}` (what the customer said last), `{{turns}}`,
    `{{messages}}` (the turns in OpenAI's form), `{{context}}`, `{{context.plan}}`, `{{case.id}}`, `{{talk}}` (an id
    that all turns of a talk share and no other talk has, for a bot that remembers). A text that is one place becomes
    the value itself, whatever its kind; a value never becomes part of the JSON's syntax.

    `headers` and `url` may hold `${VARIABLE}`, and a header that is a secret must. `reply` maps a Reply's field to a
    JSONPath in the answer (`input_tokens`, `output_tokens` and `cost` too); without it the answer is read as a JSON
    object of those fields, or as plain text in UTF-8 or the charset that its header names. A web page is an error.
    Of a stream of events (`text/event-stream`) the texts, calls and citations are joined, of anything else the last
    counts; without paths the events are the text.
    """

    url: str
    method: Literal["POST", "PUT", "GET"] = "POST"
    headers: dict[str, str] = {}
    body: Any = msgspec.field(default_factory=lambda: {name: f"{{{{{name}}}}}" for name in EVERYTHING})
    reply: dict[Field, str] = {}

    def __post_init__(self) -> None:
        check_places(self.body)
        for name, value in self.headers.items():
            if SECRET.search(name) and "${" not in value:
                raise ValueError(f"the header {name} holds a secret: write it as ${{VARIABLE}}")
        for name, path in self.reply.items():
            try:
                _compiled(path)
            except ValueError as error:
                raise ValueError(f"reply.{name}: {error}") from None
        check_address("url", self.url)

    @asynccontextmanager
    async def opened(self, around: Around) -> AsyncIterator[Asked]:
        headers = {name: filled(value, around.environ) for name, value in self.headers.items()}
        if self.method != "GET" and "content-type" not in map(str.lower, headers):
            headers["Content-Type"] = "application/json"
        request = Request(filled(self.url, around.environ), None, headers, self.method)
        finders = {name: _compiled(path) for name, path in self.reply.items()}
        limits = Limits(around.concurrency, around.timeout, around.retries, around.allow)
        async with open_caller(limits) as caller:
            caller.permit(request.url)
            yield _Open(caller, request, self.body, finders)


class _Open(NamedTuple):
    caller: Caller
    request: Request
    body: Any
    finders: Mapping[Field, Callable[[Any], list[Any]]]

    async def ask(self, case: Case) -> Reply:
        body = None
        if self.request.method != "GET":
            body = msgspec.json.encode(fill(self.body, {**told(case), "messages": messages_of(case)}))
        answer = await self.caller.send(self.request._replace(body=body))
        return changed(self._read(answer), latency_ms=round(answer.milliseconds, 1))

    def _read(self, answer: Answer) -> Reply:
        if answer.kind == KIND:
            return self._read_events(decoded(answer.body))
        if not self.finders:
            return reply_of_bytes(answer.body, charset=answer.charset)
        value = json_of(decoded(answer.body, charset=answer.charset), "the answer is not JSON")
        return self._found([value])

    def _read_events(self, text: str) -> Reply:
        return self._found(values_of(text)) if self.finders else reply_of("".join(events_of(text)))

    def _found(self, values: list[Any]) -> Reply:
        if not all(isinstance(value, dict | list) for value in values):
            raise TargetError("the answer is neither a JSON object nor a list")
        found = {name: [one for value in values for one in find(value)] for name, find in self.finders.items()}
        if len(values) == 1:
            return reply_of({name: _part(name, one) for name, one in found.items()})
        return reply_of({name: _joined(name, ones) for name, ones in found.items()})


def _joined(name: Field, found: list[Any]) -> Any:
    """The values that a stream's events hold at a path: pieces of a text, parts of a list, or the last word."""
    found = [one for one in found if one is not None]
    if name in LISTS:
        return [part for one in found for part in (one if isinstance(one, list) else [one])]
    if name != "text":
        return found[-1] if found else None
    return "".join(one if isinstance(one, str) else msgspec.json.encode(one).decode() for one in found)


def _part(name: Field, found: list[Any]) -> Any:
    """The values at a path as the field wants them: a list, or the first; a text that is not one becomes its JSON."""
    if name in LISTS:
        return found[0] or [] if len(found) == 1 and (found[0] is None or isinstance(found[0], list)) else found
    if name != "text":
        return found[0] if found else None
    if not found:
        raise TargetError("the answer has no text at the path that [targets] reply.text names")
    return found[0] if isinstance(found[0], str) else msgspec.json.encode(found[0]).decode()


def _compiled(path: str) -> Callable[[Any], list[Any]]:
    import jsonpath

    try:
        compiled = jsonpath.compile(path)
    except jsonpath.JSONPathError as error:
        raise ValueError(f"{path!r} is not a JSONPath: {error}") from None
    return compiled.findall
