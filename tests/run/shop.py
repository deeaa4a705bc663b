"""A checkout as CI has it: the suite, the settings, a bot behind an address. No vault, no desk."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import make
from casemill.domain.case import Case
from casemill.run import Order, Place, Ran, run_order
from casemill.settings import load
from casemill.suite import write_starter
from casemill.suite.files import case_path, case_text
from llm.loopback import Act, Handler, chat

Answer = Callable[[str], str]


def shop(root: Path, *cases: Case, toml: str = "") -> Path:
    """A project folder with these cases and settings."""
    write_starter(root / "evals")
    (root / "casemill.toml").write_text(toml)
    add(root, *cases)
    return root


def add(root: Path, *cases: Case) -> None:
    for case in cases:
        path = root / "evals" / case_path(case)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(case_text(case))


def bot_at(url: str, name: str = "bot", **keys: Any) -> str:
    """The table of a target behind an address."""
    more = "".join(f"{key} = {value}\n" for key, value in keys.items())
    return f'[targets.{name}]\nkind = "openai"\nbase_url = "{url}/v1"\nmodel = "m"\n{more}'


def answering(answer: Answer = lambda said: make.GOOD) -> Act:
    """Answers each call by what its last message says."""

    def act(handler: Handler) -> None:
        handler.answer(chat(answer(json.loads(handler.body)["messages"][-1]["content"])))

    return act


def run(root: Path, **asked: Any) -> Ran:
    """A run of the shop as `casemill run` makes it."""
    place = Place(root, load(root, environ={}).settings, {})
    return run_order(Order(**asked), place, now=make.NOW)
