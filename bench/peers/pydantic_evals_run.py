"""The same cases by pydantic-evals: CASES ADDRESS CONCURRENCY [judge]."""

import json
import sys
from pathlib import Path

from openai import AsyncOpenAI
from pydantic_evals import Case, Dataset
from pydantic_evals.evaluators import Contains, LLMJudge

source, address, concurrency, *judged = sys.argv[1:]
client = AsyncOpenAI(base_url=address, api_key="none", max_retries=0)


async def answer(question: str) -> str:
    asked = await client.chat.completions.create(model="sut", messages=[{"role": "user", "content": question}])
    return asked.choices[0].message.content or ""


graders = []
if judged:
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.providers.openai import OpenAIProvider

    judge = OpenAIChatModel("judge", provider=OpenAIProvider(base_url=address, api_key="none"))
    graders.append(LLMJudge(rubric="The reply names the case and makes up no policy.", model=judge))
rows = [json.loads(line) for line in Path(source).read_text().splitlines()]
cases = [Case(name=row["id"], inputs=row["input"], evaluators=(Contains(value=row["expect"]),)) for row in rows]
report = Dataset(name="bench", cases=cases, evaluators=graders).evaluate_sync(
    answer, max_concurrency=int(concurrency), progress=False
)
print(len(report.cases), "done,", len(report.failures), "failed; passed:", report.averages().assertions)
