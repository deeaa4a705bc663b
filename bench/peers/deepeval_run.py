"""The same cases by DeepEval: CASES ADDRESS CONCURRENCY [judge]. It does not call the AI under test, so that is done
first, with the openai package as its documentation shows."""

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

os.environ |= {"DEEPEVAL_TELEMETRY_OPT_OUT": "YES", "DEEPEVAL_UPDATE_WARNING_OPT_IN": "0", "OPENAI_API_KEY": "none"}

from deepeval import evaluate
from deepeval.evaluate import AsyncConfig, CacheConfig, DisplayConfig, ErrorConfig
from deepeval.metrics import BaseMetric, GEval
from deepeval.models import LocalModel
from deepeval.test_case import LLMTestCase
from openai import AsyncOpenAI

try:
    from deepeval.test_case import SingleTurnParams as Params
except ImportError:
    from deepeval.test_case import LLMTestCaseParams as Params

source, address, concurrency, *judged = sys.argv[1:]
rows = [json.loads(line) for line in Path(source).read_text().splitlines()]


class Names(BaseMetric):  # type: ignore[misc]
    """Whether the reply holds the expected words."""

    threshold = 1.0
    async_mode = True

    def measure(self, case: Any, *_: Any, **__: Any) -> float:
        self.score = float(case.expected_output in case.actual_output)
        self.success, self.reason = self.score == 1.0, ""
        return self.score

    async def a_measure(self, case: Any, *_: Any, **__: Any) -> float:
        return self.measure(case)

    def is_successful(self) -> bool:
        return self.success

    @property
    def __name__(self) -> str:
        return "names"


async def answers() -> list[str]:
    client = AsyncOpenAI(base_url=address, api_key="none", max_retries=0)
    at_once = asyncio.Semaphore(int(concurrency))

    async def one(row: dict[str, str]) -> str:
        async with at_once:
            message = {"role": "user", "content": row["input"]}
            asked = await client.chat.completions.create(model="sut", messages=[message])
            return asked.choices[0].message.content or ""

    return await asyncio.gather(*map(one, rows))


said = asyncio.run(answers())
metrics: list[Any] = [Names()]
if judged:
    judge = LocalModel(model="judge", base_url=address, api_key="none")
    steps = ["See whether the reply makes up a policy."]
    sees = [Params.INPUT, Params.ACTUAL_OUTPUT]
    metrics.append(GEval(name="policy", evaluation_params=sees, evaluation_steps=steps, threshold=0.0, model=judge))
result = evaluate(
    [
        LLMTestCase(input=row["input"], actual_output=text, expected_output=row["expect"])
        for row, text in zip(rows, said, strict=True)
    ],
    metrics,
    async_config=AsyncConfig(run_async=True, max_concurrent=int(concurrency), throttle_value=0),
    display_config=DisplayConfig(show_indicator=False, print_results=False),
    cache_config=CacheConfig(write_cache=False, use_cache=False),
    error_config=ErrorConfig(ignore_errors=False),
)
print(len(result.test_results), "done,", sum(one.success for one in result.test_results), "passed")
