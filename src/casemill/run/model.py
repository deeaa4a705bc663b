"""A target that is a model behind an address: prompt, parameters and tools are ours, the form of a call its kind's."""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, ClassVar, Literal, NamedTuple

import msgspec

from casemill.domain.case import Case
from casemill.domain.reply import Reply
from casemill.domain.word import changed
from casemill.errors import SettingsError
from casemill.llm.chat import Ask, Message
from casemill.llm.http import Caller, Limits, Request, open_caller
from casemill.run.input import messages_of
from casemill.run.targets import Around, Asked, Target, check_address, filled, variable


class Form(NamedTuple):
    """How a kind of model is called: the path behind its address, the body of a call and the answer to it, the
    headers, which get the key."""

    path: str
    body: Callable[[Ask, Sequence[Message]], bytes]
    read: Callable[[bytes], Reply]
    headers: Callable[[str | None], Mapping[str, str]]


class ModelTarget(Target):
    """What every model target is told; a kind adds its form."""

    hands_tools_out: ClassVar[bool] = True
    ours: ClassVar[frozenset[str]] = frozenset({"model", "messages", "input", "instructions", "system", "tools"})
    not_read: ClassVar[frozenset[str]] = frozenset({"stream", "n", "background", "previous_response_id"})

    base_url: str
    model: str
    api_key_env: str | None = None
    system: str = ""
    params: dict[str, Any] = {}
    tools: tuple[dict[str, Any], ...] = ()
    context: Literal["user", "system", "leave_out"] = "user"

    @property
    def form(self) -> Form:
        raise NotImplementedError

    def __post_init__(self) -> None:
        if taken := (self.ours | self.not_read) & self.params.keys():
            raise ValueError(f"params may not hold {', '.join(sorted(taken))}")
        if self.api_key_env is not None and not self.api_key_env.isidentifier():
            raise ValueError("api_key_env is the name of an environment variable, never the key itself")
        check_address("base_url", self.base_url)

    def files(self, root: Path) -> Iterator[str]:
        yield read_prompt(self.system, root)

    @asynccontextmanager
    async def opened(self, around: Around) -> AsyncIterator[Asked]:
        key = variable(self.api_key_env, around.environ) if self.api_key_env else None
        headers = {"Content-Type": "application/json", **self.form.headers(key)}
        url = filled(self.base_url, around.environ).rstrip("/") + self.form.path
        prompt = read_prompt(self.system, around.root)
        limits = Limits(around.concurrency, around.timeout, around.retries, around.allow)
        async with open_caller(limits) as caller:
            caller.permit(url)
            yield _Open(self, caller, Request(url, None, headers), prompt=prompt)


class _Open(NamedTuple):
    target: ModelTarget
    caller: Caller
    request: Request
    prompt: str

    async def ask(self, case: Case) -> Reply:
        ask, form = Ask(self.target.model, self.target.tools, self.target.params), self.target.form
        body = form.body(ask, messages_to(self.target, case, prompt=self.prompt))
        answer = await self.caller.send(self.request._replace(body=body))
        return changed(form.read(answer.body), latency_ms=round(answer.milliseconds, 1))


def messages_to(target: ModelTarget, case: Case, *, prompt: str) -> list[Message]:
    """What a model is sent for a case: the system prompt, the context as data, the turns."""
    before: list[Message] = [{"role": "system", "content": prompt}] if prompt else []
    if case.input.context and target.context != "leave_out":
        data = msgspec.json.encode(case.input.context).decode()
        before.append({"role": target.context, "content": f"What is known about this conversation: {data}"})
    return [*before, *messages_of(case)]


def read_prompt(system: str, root: Path) -> str:
    """The text of a system prompt, `@prompts/bot.md` from that file; a SettingsError when it cannot be read."""
    if not system.startswith("@"):
        return system
    try:
        return (root / system[1:]).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"the system prompt {system[1:]} cannot be read: {type(error).__name__}") from None
