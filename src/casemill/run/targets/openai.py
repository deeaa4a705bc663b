"""A model, or a bot, behind an OpenAI-compatible `/chat/completions` or `/responses`."""

from collections.abc import Mapping
from typing import Literal

from casemill.llm.chat import chat_body, read_chat
from casemill.llm.responses import read_responses, responses_body
from casemill.run.model import Form, ModelTarget


class OpenAI(ModelTarget):
    """`base_url` ends before `/chat/completions`, or before `/responses` with `api = "responses"`. `system` is the
    prompt's text, or `@prompts/bot.md` for a file of the project. `api_key_env` names the variable that holds the key.
    `params` go into every call (temperature, max_tokens, seed, …). `tools` are written in the chat form
    (`{type = "function", function = {name, description, parameters}}`) whatever the `api`.

    A case's context, when it has any, is told as JSON in a message before the turns, in the role that `context` names.
    With `responses` the other side is asked to store nothing unless `params` hold `store = true`.
    """

    api: Literal["chat", "responses"] = "chat"

    @property
    def form(self) -> Form:
        return RESPONSES if self.api == "responses" else CHAT


def _headers(key: str | None) -> Mapping[str, str]:
    return {"Authorization": f"Bearer {key}"} if key else {}


CHAT = Form("/chat/completions", chat_body, read_chat, _headers)
RESPONSES = Form("/responses", responses_body, read_responses, _headers)
