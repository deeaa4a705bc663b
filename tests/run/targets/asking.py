"""Asks a target as a run would, one case or several at once."""

import asyncio
from pathlib import Path
from typing import Any

import make
from casemill.domain.case import Case, Input, Said
from casemill.domain.reply import Reply
from casemill.domain.ticket import ToolCall
from casemill.llm.together import together
from casemill.run.asking import open_target
from casemill.run.targets import Around, read_target

TALK = make.case(
    input=Input(
        turns=(
            Said(customer='where is "[ORDER_1]"?\n{{context.plan}}'),
            Said(tool=ToolCall(name="find_order", arguments={"id": "[ORDER_1]"}, result="lost")),
            Said(assistant="It is lost."),
            Said(agent="We look for it."),
            Said(customer="and now?"),
        ),
        context={"plan": "Plus", "articles": ["KB-1@2"]},
    )
)


def ask(
    table: dict[str, Any],
    *cases: Case,
    root: Path = Path(),
    name: str = "bot",
    tables: dict[str, dict[str, Any]] | None = None,
    **around: Any,
) -> list[Reply]:
    async def work() -> list[Reply]:
        target = read_target(tables or {name: table}, name).target
        async with open_target(target, Around(root, **around)) as asked:
            return list(await asyncio.gather(*[asked.ask(case) for case in cases or (TALK,)]))

    return together(work())
