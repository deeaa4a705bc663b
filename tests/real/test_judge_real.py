"""The intervals of a calibration, resampled from what people said of real answers."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not (DATA / "judge_llmbar.jsonl.gz").exists(), reason="../shared/data is not here"),
]


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("judge_calibration", ROOT / "bench" / "judge_calibration.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_intervals_hold_the_truth_as_often_as_they_say(bench: ModuleType) -> None:
    """Five points under 95 % are four standard errors of 300 resamples; the judge's own interval is further off."""
    labelled = bench.rows("judge_halueval_general.jsonl.gz")
    told = [(not row["label"]["hallucination"], len(row["answer"])) for row in labelled]
    tables = [*bench.llmbar(None), bench.made_up("halueval", told)]
    assert len(tables) == 3
    for table in tables:
        covered = bench.resampled(table, labels=100, resamples=300)
        held = {name: sum(hit for hit, _ in seen) / len(seen) for name, seen in covered.items()}
        assert all(held[name] >= 0.90 for name in ("people alone", "PPI++", "Rogan-Gladen", "TPR", "TNR")), held
        assert held["judge alone"] < 0.88
