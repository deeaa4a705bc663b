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
from casemill.llm.http import Caller, Limits, Request, open_caller
from casemill.run.fill import check_places, fill
from casemill.run.input import messages_of, told
from casemill.run.reply import reply_of, reply_of_bytes
from casemill.run.targets import Around, Asked, Target, check_address, filled

Field = Literal["text", "calls", "citations", "confidence", "intent", "escalated", "draft_shown"]
EVERYTHING = ("case", "input", "turns", "context")
SECRET = re.compile(r"authorization|cookie|key|token|secret|password", re.IGNORECASE)
LISTS = frozenset({"calls", "citations"})


class Http(Target):
    """`body` is JSON whose texts may hold places: `{{input}}` (what the customer said last), `{{turns}}`,
    `{{messages}}` (the turns in OpenAI's form), `{{context}}`, `{{context.plan}}`, `{{case.id}}`. A text that is
    one place becomes the value itself, whatever its kind; a value never becomes part of the JSON's syntax.

    `headers` and `url` may hold `${VARIABLE}`, and a header that is a secret must. `reply` maps a Reply's field to a
    JSONPath in the answer; without it the answer is read as a JSON object of those fields, or as plain text.
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
        return changed(self._read(answer.body), latency_ms=round(answer.milliseconds, 1))

    def _read(self, raw: bytes) -> Reply:
        if not self.finders:
            return reply_of_bytes(raw)
        try:
            value = msgspec.json.decode(raw)
        except msgspec.DecodeError as error:
            raise TargetError(f"the answer is not JSON: {error}") from None
        if not isinstance(value, dict | list):
            raise TargetError("the answer is neither a JSON object nor a list")
        return reply_of({name: _part(name, find(value)) for name, find in self.finders.items()})


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
