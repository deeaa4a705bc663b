"""The same cases as a suite and as JSONL, a project that puts them, and the smallest script that could."""

import json
import socket
import sys
from pathlib import Path

from casemill.domain.case import Case, Expect, Input, Said, case_id
from casemill.suite.files import case_path, case_text

CASEMILL = str(Path(sys.executable).with_name("casemill"))
RUBRIC = """---
criteria:
  names_the_case:
    asks: Does the reply name the case and make up no policy?
    quotes: none
    known:
      expectation: Names the case.
      good: Thank you for writing about CASE-1.
      bad: KNOWN-TO-BE-BAD. Everything can be returned for ever.
---
Grade what the reply says to the customer.

## names_the_case

The case is named by its number.
"""
FLOOR = """
import asyncio, json, sys
import aiohttp
source, address, concurrency, *judged = sys.argv[1:]
async def main():
    cases = iter([json.loads(line) for line in open(source)])
    session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=int(concurrency)))
    async def ask(model, text):
        body = {"model": model, "messages": [{"role": "user", "content": text}]}
        async with session.post(address + "/chat/completions", json=body) as response:
            return (await response.json())["choices"][0]["message"]["content"]
    with open("floor.jsonl", "w") as file:
        async def work():
            for case in cases:
                text = await ask("sut", case["input"])
                good = case["expect"] in text
                if judged:
                    good = good and json.loads(await ask("judge", "Grade this reply: " + text))["pass"]
                file.write(json.dumps({"id": case["id"], "output": text, "pass": good}) + "\\n")
        await asyncio.gather(*[work() for _ in range(int(concurrency))])
    await session.close()
asyncio.run(main())
"""


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def project(folder: Path, cases: int, *, address: str, judged: bool) -> None:
    """A project folder with one target, `bot`, and as many cases, each with a phrase and, if so, a judge."""
    rows = []
    judge = ({"judge": {"criterion": "names_the_case"}},) if judged else ()
    for number in range(cases):
        name = f"CASE-{number:06d}"
        said = f"{name} my parcel came broken, may I have my money back?"
        case = Case(
            id=case_id("wrong-fact", source="bench", ticket=str(number), failure=1),
            failure_mode="wrong_fact",
            severity="P1",
            input=Input(turns=(Said(customer=said),)),
            expect=Expect(behavior="Names the case."),
            assert_=({"contains": {"any": [name]}}, *judge),
        )
        path = folder / "evals" / case_path(case)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(case_text(case))
        rows.append(json.dumps({"id": case.id, "input": said, "expect": name}))
    (folder / "cases.jsonl").write_text("\n".join(rows) + "\n")
    (folder / "evals" / "rubrics").mkdir()
    (folder / "evals" / "rubrics" / "bench@1.md").write_text(RUBRIC)
    model = f'base_url = "{address}"\nmodel = '
    tables = f'[targets.bot]\nkind = "openai"\n{model}"sut"\n\n[model.judge]\n{model}"judge"\n'
    (folder / "casemill.toml").write_text(tables)
