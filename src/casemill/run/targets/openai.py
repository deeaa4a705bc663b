"""A model, or a bot, behind an OpenAI-compatible `/chat/completions`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec

from casemill.domain.case import Case
from casemill.domain.reply import Reply
from casemill.domain.word import canonical, changed, digest_of
from casemill.errors import SettingsError
from casemill.llm.chat import Ask, Message, chat_body, read_chat
from casemill.llm.http import Caller, Limits, Request, open_caller
from casemill.run.input import messages_of
from casemill.run.targets import Around, Asked, Target, check_address, filled, variable

OURS = frozenset({"model", "messages", "tools", "stream", "n"})


class OpenAI(Target):
    """`system` is the prompt's text, or `@prompts/bot.md` for a file of the project. `api_key_env` names the variable
    that holds the key. `params` go into every call (temperature, max_tokens, seed, …).

    A case's context, when it has any, is told as JSON in a message before the turns, in the role that `context` names.
    """

    base_url: str
    model: str
    api_key_env: str | None = None
    system: str = ""
    params: dict[str, Any] = {}
    tools: tuple[dict[str, Any], ...] = ()
    context: Literal["user", "system", "leave_out"] = "user"

    def __post_init__(self) -> None:
        if taken := OURS & self.params.keys():
            raise ValueError(f"params may not hold {', '.join(sorted(taken))}")
        if self.api_key_env is not None and not self.api_key_env.isidentifier():
            raise ValueError("api_key_env is the name of an environment variable, never the key itself")
        check_address("base_url", self.base_url)

    def fingerprint(self, root: Path) -> str:
        return digest_of(canonical([self, self._prompt(root)]))

    @asynccontextmanager
    async def opened(self, around: Around) -> AsyncIterator[Asked]:
        headers = {"Content-Type": "application/json"}
        if self.api_key_env:
            headers["Authorization"] = f"Bearer {variable(self.api_key_env, around.environ)}"
        url = f"{filled(self.base_url, around.environ).rstrip('/')}/chat/completions"
        prompt = self._prompt(around.root)
        limits = Limits(around.concurrency, around.timeout, around.retries, around.allow)
        async with open_caller(limits) as caller:
            caller.permit(url)
            yield _Open(self, caller, Request(url, None, headers), system=prompt)

    def _prompt(self, root: Path) -> str:
        if not self.system.startswith("@"):
            return self.system
        path = root / self.system[1:]
        try:
            return path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"the system prompt {self.system[1:]} cannot be read: {type(error).__name__}") from None


class _Open(NamedTuple):
    target: OpenAI
    caller: Caller
    request: Request
    system: str

    async def ask(self, case: Case) -> Reply:
        ask = Ask(self.target.model, self.target.tools, self.target.params)
        body = chat_body(ask, [*self._before(case), *messages_of(case)])
        answer = await self.caller.send(self.request._replace(body=body))
        return changed(read_chat(answer.body), latency_ms=round(answer.milliseconds, 1))

    def _before(self, case: Case) -> list[Message]:
        before: list[Message] = [{"role": "system", "content": self.system}] if self.system else []
        if case.input.context and self.target.context != "leave_out":
            data = msgspec.json.encode(case.input.context).decode()
            before.append({"role": self.target.context, "content": f"What is known about this conversation: {data}"})
        return before
