"""After a change of the bot's version 1: `python tests/demo/rewrite_answers.py` writes its answers into the tickets.

Chats that a customer pasted are text of the customer's; change those by hand.
"""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from casemill.demo.bot import version_one


def rewritten(row: dict[str, Any]) -> dict[str, Any]:
    """The ticket with what version 1 says now, calls before their reply."""
    context = {"plan": row["plan"]} if "plan" in row else {}
    messages: list[dict[str, Any]] = []
    for message in row["messages"]:
        if message["role"] == "assistant":
            reply = version_one([turn for turn in messages if turn["role"] != "tool"], context)
            at = message["created_at"]
            messages += [{"role": "tool", "text": "", "created_at": at, "call": call} for call in reply["calls"]]
            messages.append(message | {"text": reply["text"]})
        elif message["role"] != "tool":
            messages.append(message)
    return row | {"messages": messages}


def main() -> None:
    path = Path(str(files("casemill.demo") / "shop" / "tickets.jsonl"))
    rows = [rewritten(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    main()
