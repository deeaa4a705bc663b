"""Inspect AI: `dataset.jsonl`, a sample a line, and `casemill_task.py`, a task whose scorer grades as casemill does."""

from collections.abc import Mapping
from typing import Any

from casemill.suite.formats import Parcel, Shipment, about, json, own_files

TASK = '''"""A suite of casemill as an Inspect task: inspect eval casemill_task.py --model openai/NAME

Needs casemill in the same Python. Cases whose graders ask a judge are scored on the others.
"""

from datetime import datetime, timezone
from pathlib import Path

from inspect_ai import Task, task
from inspect_ai.dataset import json_dataset
from inspect_ai.scorer import CORRECT, INCORRECT, NOANSWER, Score, Target, accuracy, scorer, stderr
from inspect_ai.solver import TaskState, generate

from casemill.run.export import look_from_abroad

HERE = Path(__file__).parent
VALUES = {"fail": INCORRECT, "error": NOANSWER, "pass": CORRECT}


@scorer(metrics=[accuracy(), stderr()])
def casemill():
    async def score(state: TaskState, target: Target) -> Score:
        message = state.output.message
        calls = [{"name": call.function, "arguments": call.arguments} for call in message.tool_calls or []]
        output = {"content": message.text, "tool_calls": calls}
        grades = []
        for check in state.metadata["checks"]:
            if check["grader"] == "judge":
                continue
            grade = look_from_abroad(
                HERE, str(state.sample_id), check=check["number"], output=output, now=datetime.now(timezone.utc)
            )
            grades.append({"name": check["name"], "result": grade.result, "reason": grade.reason})
        results = [grade["result"] for grade in grades]
        worst = next((result for result in ("fail", "error") if result in results), "pass" if results else "error")
        said = "; ".join(f"{grade['name']}: {grade['reason']}" for grade in grades if grade["result"] != "pass")
        return Score(value=VALUES[worst], answer=message.text, explanation=said, metadata={"grades": grades})

    return score


@task
def suite() -> Task:
    return Task(
        dataset=json_dataset(str(HERE / "dataset.jsonl")),
        solver=generate(tool_calls="none"),
        scorer=casemill(),
    )
'''


def files(shipment: Shipment) -> dict[str, str]:
    """Every file of the folder, by name."""
    return {
        "casemill_task.py": TASK,
        "dataset.jsonl": "".join(f"{json(_sample(parcel))}\n" for parcel in shipment.parcels),
        **own_files(shipment),
    }


def _sample(parcel: Parcel) -> dict[str, Any]:
    case = parcel.case
    checks = [
        {"number": number, "name": check.name, "grader": check.grader} for number, check in enumerate(parcel.checks)
    ]
    return {
        "id": case.id,
        "input": [_message(message) for message in parcel.messages],
        "target": case.expect.good or case.expect.behavior,
        "metadata": {**about(case), "checks": checks},
    }


def _message(message: Mapping[str, Any]) -> Mapping[str, Any]:
    """An OpenAI message as Inspect reads it: calls by `function` and arguments as an object."""
    from msgspec.json import decode

    if "tool_calls" not in message:
        return message
    calls = [
        {
            "id": call["id"],
            "type": "function",
            "function": call["function"]["name"],
            "arguments": decode(call["function"]["arguments"]),
        }
        for call in message["tool_calls"]
    ]
    return {"role": message["role"], "content": message.get("content") or "", "tool_calls": calls}
