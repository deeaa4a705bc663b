"""A Claude model behind Anthropic's `/messages`, or anything that speaks the same form."""

from collections.abc import Mapping

from casemill.llm.anthropic import anthropic_body, read_anthropic
from casemill.run.model import Form, ModelTarget

# From this version of the form on, a call may not say how its answer is drawn.
NEWEST = "2026-10-21"
DRAWN = frozenset({"temperature", "top_p", "top_k"})


class Anthropic(ModelTarget):
    """`base_url` ends before `/messages`. `system` is the prompt's text, or `@prompts/bot.md` for a file of the
    project. `api_key_env` names the variable that holds the key, sent as `x-api-key`. `params` go into every call;
    `max_tokens` is 4096 unless they name it. `version` goes into the header `anthropic-version`; `temperature`,
    `top_p` and `top_k` are taken by `2023-06-01` alone. `tools` are written in the chat form, as for `openai`, or in
    Anthropic's.

    A case's context, when it has any, is told as JSON in a message before the turns, or as part of the system prompt
    where `context` is `system`.
    """

    base_url: str = "https://api.anthropic.com/v1"
    version: str = NEWEST

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.version >= NEWEST and (taken := DRAWN & self.params.keys()):
            names = ", ".join(sorted(taken))
            raise ValueError(f'params may not hold {names} in version {self.version}; write version = "2023-06-01"')

    @property
    def form(self) -> Form:
        return Form("/messages", anthropic_body, read_anthropic, self._headers)

    def _headers(self, key: str | None) -> Mapping[str, str]:
        return {"anthropic-version": self.version, **({"x-api-key": key} if key else {})}
