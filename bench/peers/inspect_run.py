"""The same cases by Inspect AI: `inspect eval` of this file; CASES, ADDRESS and JUDGED in the environment."""

import json
import os
from pathlib import Path

from inspect_ai import Task, task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.model import GenerateConfig, get_model
from inspect_ai.scorer import includes, model_graded_qa
from inspect_ai.solver import generate


@task
def bench() -> Task:
    rows = [json.loads(line) for line in Path(os.environ["CASES"]).read_text().splitlines()]
    samples = [Sample(id=row["id"], input=row["input"], target=row["expect"]) for row in rows]
    scorers = [includes()]
    if os.environ.get("JUDGED"):
        config = GenerateConfig(max_connections=int(os.environ["CONCURRENCY"]))
        judge = get_model(
            "openai/gradec", base_url=os.environ["ADDRESS"], api_key="none", responses_api=False, config=config
        )
        scorers.append(model_graded_qa(model=judge))
    return Task(dataset=MemoryDataset(samples), solver=generate(), scorer=scorers)
