"""Asks a target as a run would, one case or several at once."""

import asyncio
from pathlib import Path
from typing import Any

import make
from casemill.domain.case import Case, Input, Said
from casemill.domain.reply import Reply
from casemill.domain.ticket import ToolCall
from casemill.llm.together import together
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


def ask(table: dict[str, Any], *cases: Case, root: Path = Path(), **around: Any) -> list[Reply]:
    async def work() -> list[Reply]:
        target = read_target({"bot": table}, "bot").target
        async with target.opened(Around(root, **around)) as asked:
            return list(await asyncio.gather(*[asked.ask(case) for case in cases or (TALK,)]))

    return together(work())
