"""Masking against presidio-analyzer without a model: same documents, same run, one core, seconds of processor.

    python bench/mask.py [--docs 3000] [--install] [--peer FOLDER]

The peer lives in a venv of its own, never in ours: `--install` makes it (PyPI; about 400 MB with spaCy). Without it
only our own figures are shown. It runs its English recognizers over a blank spaCy pipeline, threshold 0.4: no names,
for want of a model, while ours are found. Documents are generated: short ones as in a chat, tickets of 2 kB. Where
../shared/data lies beside the checkout, its texts are measured too. `cold` is a fresh process, `warm` the same process
on other documents, `one by one` is `casemill.mask`.
"""

import argparse
import gzip
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
DATA = ROOT.parent / "shared" / "data"
PEER_FOLDER = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "casemill-bench" / "presidio"
ONE_THREAD = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
PEER = """
import json, sys, time, logging
logging.disable(logging.CRITICAL)
import spacy
from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.nlp_engine import SpacyNlpEngine
class Blank(SpacyNlpEngine):
    def __init__(self):
        super().__init__(models=[{"lang_code": "en", "model_name": "blank"}])
        self.nlp = {"en": spacy.blank("en")}
    def load(self):
        pass
engine = AnalyzerEngine(nlp_engine=Blank(), supported_languages=["en"], default_score_threshold=0.4)
first, second = json.load(open(sys.argv[1]))
def took(texts):
    began = time.process_time()
    found = sum(len(engine.analyze(text=text, language="en")) for text in texts)
    return time.process_time() - began, found
engine.analyze(text="warm up, call 212-555-0100", language="en")
cold, _ = took(first)
warm, found = took(second)
print(json.dumps({"cold": cold, "warm": warm, "found": found}))
"""
OURS = """
import json, sys, time
first, second = json.load(open(sys.argv[1]))
from casemill.personal.masking import Document, mask, mask_documents
def took(texts):
    began = time.process_time()
    found = sum(len(t.texts[0].spans) for t in mask_documents(Document(texts=[text]) for text in texts))
    return time.process_time() - began, found
cold, _ = took(first)
warm, found = took(second)
began = time.process_time()
for text in second:
    mask(text)
print(json.dumps({"cold": cold, "warm": warm, "one by one": time.process_time() - began, "found": found}))
"""
START = "from casemill import mask; assert mask('My name is Anna Karimova, order 548921').spans"

FIRST, LAST, STREETS, THINGS = (
    row.split("|")
    for row in (
        "Anna|Peter|Maria|Omar|Lucia|Henrik|Dana|Victor|Yusuf|Irene|Carlos|Mina|Stefan|Clara|Aaron|Ruth",
        "Karimova|Larsen|Okafor|Silva|Novak|Haddad|Petrov|Lindberg|Moreau|Castillo|Weber|Tanaka|Byrne",
        "Maple|Station|Harbour|Linden|Mill|Garden|Church|Victoria|Kensington|Orchard",
        "headphones|winter jacket|coffee machine|desk lamp|phone case|keyboard|backpack|water bottle",
    )
)
SAID = (
    "Hi, my name is {first} {last} and my {thing} from order #W{number} has not arrived yet.",
    "I was charged ${amount} twice on {month} {day}, please refund it to the card ending in {four}.",
    "Please send it to {house} {street} Street, Apt {flat}, instead of the old address.",
    "You can reach me at {mail} or +1 (212) 555-01{two} after 6 pm.",
    "The tracking page says delivered but nobody at home got the {thing}.",
    "Thanks {first}, I can see the order and I have asked the warehouse to look into it within 3 business days.",
    "Our policy allows returns within 30 days, see KB-10{two} for the steps.",
    "It still shows error code 50{digit} whenever I try to log in with my user name {low}_{two}.",
    "Could you tell me whether the Plus plan covers return shipping as well?",
    "ok thank you so much, that would be great, i will wait until {month} {day}",
    "Is there any way to speed this up? I have been waiting for two weeks already.",
    "My wife {first} ordered the {thing} for her sister, and the colour is wrong.",
)


def said(chance: random.Random) -> str:
    """One sentence of a chat."""
    first, last = chance.choice(FIRST), chance.choice(LAST)
    return chance.choice(SAID).format(
        first=first,
        last=last,
        low=first.lower(),
        thing=chance.choice(THINGS),
        number=chance.randrange(10**6, 10**7),
        amount=f"{chance.randrange(5, 900)}.{chance.randrange(100):02}",
        month=chance.choice(("March", "July", "November")),
        day=chance.randrange(1, 29),
        four=chance.randrange(1000, 10000),
        house=chance.randrange(1, 999),
        street=chance.choice(STREETS),
        flat=chance.randrange(1, 99),
        mail=f"{first}.{last}{chance.randrange(99)}@example.com".lower(),
        two=f"{chance.randrange(100):02}",
        digit=chance.randrange(10),
    )


def ticket(chance: random.Random, size: int) -> str:
    lines: list[str] = []
    while sum(map(len, lines)) < size:
        lines.append(said(chance))
    return "\n".join(lines)


def corpora(count: int) -> Iterator[tuple[str, list[str]]]:
    """Names of corpora and their documents."""
    chance = random.Random(11)
    yield "short messages", [ticket(chance, 60) for _ in range(count)]
    yield "tickets of 2 kB", [ticket(chance, 2000) for _ in range(max(2, count // 10))]
    if not DATA.is_dir():
        print("../shared/data is not there: generated documents only")
        return
    yield "pii_presidio_v2", [row["text"] for row in rows("pii_presidio_v2.jsonl.gz")]
    dialogues = rows("tau_retail.jsonl.gz")
    turns = [turn["content"] for row in dialogues for turn in row["messages"] if turn["role"] != "tool"]
    yield "tau_retail turns", [text for text in turns if text][: 2 * count]


def rows(name: str) -> Iterator[dict[str, Any]]:
    with gzip.open(DATA / name) as file:
        for line in file:
            yield json.loads(line)


def peer(folder: Path, *, install: bool) -> Path | None:
    """The python of a venv with presidio-analyzer; None, with the reason said, where there is none."""
    python = folder / "bin" / "python"
    if install and not has_peer(python):
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        done = subprocess.run([python, "-m", "pip", "install", "--quiet", "presidio-analyzer"])
        if done.returncode:
            print("presidio-analyzer cannot be installed, so there are no ratios")
            return None
    if not has_peer(python):
        print(
            f"no presidio-analyzer in {folder}, so there are no ratios; to install it: python bench/mask.py --install"
        )
        return None
    code = "import importlib.metadata as m; print(m.version('presidio-analyzer'), '· spaCy', m.version('spacy'))"
    version = subprocess.check_output([python, "-c", code], text=True).strip()
    print(f"presidio-analyzer {version}, blank pipeline, no model")
    return python


def has_peer(python: Path) -> bool:
    return (
        python.exists()
        and not subprocess.run([python, "-c", "import presidio_analyzer"], capture_output=True).returncode
    )


def measured(python: Path | str, code: str, *, documents: Path, rounds: int) -> dict[str, float]:
    """Seconds of processor by name: the median of some fresh processes."""
    found = [
        json.loads(subprocess.check_output([python, "-c", code, documents], env=ONE_THREAD, text=True))
        for _ in range(rounds)
    ]
    return {name: statistics.median(one[name] for one in found) for name in found[0]}


def compare(name: str, texts: list[str], *, python: Path | None, folder: Path) -> None:
    """Print what one corpus costs. The first half comes cold, the second is measured warm."""
    halves = texts[: len(texts) // 2], texts[len(texts) // 2 :]
    documents = folder / "documents.json"
    documents.write_text(json.dumps(halves))
    sizes = [sum(len(text.encode()) for text in half) for half in halves]
    print(f"\n{name}: 2 × {len(halves[0]):,} documents, {sizes[1] / len(halves[1]):,.0f} bytes each")
    ours = measured(sys.executable, OURS, documents=documents, rounds=3)
    theirs = measured(python, PEER, documents=documents, rounds=1) if python else None
    print(f"  {'':<22}{'documents/s':>14}{'MB/s':>8}{'ratio':>9}")
    for way, half in (("cold", 0), ("warm", 1), ("one by one", 1)):
        ratio = f"{theirs['warm'] / ours[way] * len(halves[half]) / len(halves[1]):>8.1f}x" if theirs else ""
        print(row("casemill, " + way, len(halves[half]) / ours[way], size=sizes[half] / ours[way]) + ratio)
    if theirs:
        print(row("presidio, warm", len(halves[1]) / theirs["warm"], size=sizes[1] / theirs["warm"]))


def row(name: str, documents: float, *, size: float) -> str:
    """Documents and bytes a second."""
    return f"  {name:<22}{documents:>14,.0f}{size / 1e6:>8.2f}"


def start() -> None:
    """What a process costs from its start to its first mask, against a bare interpreter; seconds on the clock."""

    def median(code: str) -> float:
        took = []
        for _ in range(9):
            began = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True, env=ONE_THREAD)
            took.append(time.perf_counter() - began)
        return statistics.median(took) * 1000

    bare = median("pass")
    print(f"\nstart of a bare interpreter: {bare:.0f} ms; on top of it,")
    print(f"  import casemill:          {median('import casemill') - bare:.0f} ms")
    print(f"  import the mask verb:     {median('from casemill import mask') - bare:.0f} ms")
    print(f"  to the end of first mask: {median(START) - bare:.0f} ms")


def wheel(folder: Path) -> None:
    """The size of the wheel, built from a copy so that the checkout stays clean."""
    copy = folder / "tree"
    shutil.copytree(ROOT / "src", copy / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    for name in ("pyproject.toml", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(ROOT / name, copy / name)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", folder, copy]
    done = subprocess.run(command, capture_output=True, text=True)
    built = next(folder.glob("casemill*.whl"), None)
    if done.returncode or built is None:
        print(f"the wheel cannot be built: {done.stderr.strip()[-200:]}")
        return
    weights = sum(path.stat().st_size for path in (ROOT / "src/casemill/personal/tagger").glob("*.npz"))
    print(f"wheel: {built.stat().st_size / 1e6:.2f} MB, of it weights {weights / 1e6:.2f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docs", type=int, default=3000)
    parser.add_argument("--peer", type=Path, default=PEER_FOLDER, metavar="FOLDER", help="where its venv is")
    parser.add_argument("--install", action="store_true", help="make that venv first, where it is not there")
    wanted = parser.parse_args()
    python = peer(wanted.peer, install=wanted.install)
    with tempfile.TemporaryDirectory() as folder:
        for name, texts in corpora(wanted.docs):
            compare(name, texts, python=python, folder=Path(folder))
        start()
        wheel(Path(folder))


if __name__ == "__main__":
    main()
