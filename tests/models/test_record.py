"""What the weights were made of and what came out is on record: digests of the sets, digests of the weights, NOTICE."""

import hashlib
import tomllib
from importlib.resources import files
from pathlib import Path

import build
import corpora
import pytest
from screen.train import PLAIN

HERE = Path(__file__).parents[2]
DATA = HERE / ".." / "shared" / "data"
INPUTS: dict[str, str] = tomllib.loads((HERE / "models" / "inputs.toml").read_text(encoding="utf-8"))["sha256"]
SETS = (*corpora.LATIN, *corpora.PLAIN, *corpora.CYRILLIC)
CALLED = {
    "ner_btc_train": "Broad Twitter Corpus",
    "ner_wnut17_train": "WNUT 2017",
    "ner_wikigold": "Wikigold",
    "banking77_train": "BANKING77",
    "clinc150_trainval": "CLINC150",
    "ner_kaznerd_valid": "KazNERD",
    "ner_factrueval_devset": "factRuEval-2016",
}


@pytest.mark.parametrize("script", sorted(build.RECIPES))
def test_the_packaged_weights_are_those_on_record(script: str) -> None:
    made = tomllib.loads(build.RECORD.read_text(encoding="utf-8"))["sha256"]
    packaged = files("casemill.personal.tagger").joinpath(f"{script}.npz").read_bytes()
    assert hashlib.sha256(packaged).hexdigest() == made[f"{script}.npz"]


def test_every_set_that_is_read_is_on_record_and_no_other() -> None:
    assert sorted(INPUTS) == sorted(f"{name}.jsonl.gz" for name in SETS)
    read = {name for recipe in build.RECIPES.values() for name in (*recipe.marked, *recipe.plain)}
    assert read | set(PLAIN) == set(SETS)


@pytest.mark.parametrize("name", SETS)
def test_the_notice_names_every_set(name: str) -> None:
    assert CALLED[name] in (HERE / "NOTICE").read_text(encoding="utf-8")


@pytest.mark.real
@pytest.mark.slow
@pytest.mark.skipif(not DATA.is_dir(), reason="the sets are not beside this checkout")
@pytest.mark.parametrize("name", SETS)
def test_the_sets_beside_the_checkout_are_those_on_record(name: str) -> None:
    assert build.checked(DATA, name).is_file()


def test_another_file_of_the_same_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ner_wikigold.jsonl.gz").write_bytes(b"something else")
    with pytest.raises(build.WrongInput, match="another file than the weights were made of"):
        build.checked(tmp_path, "ner_wikigold")


def test_a_folder_without_the_sets_is_refused(tmp_path: Path) -> None:
    with pytest.raises(build.WrongInput, match="make models DATA="):
        build.checked(tmp_path, "ner_wikigold")


def test_a_new_digest_replaces_its_own_line_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "RECORD", tmp_path / "weights.toml")
    for name in ("latin", "cyrillic", "latin"):
        file = tmp_path / f"{name}.npz"
        file.write_bytes(name.encode() + bytes([len(list(tmp_path.iterdir()))]))
        build.record(file)
    made = tomllib.loads((tmp_path / "weights.toml").read_text(encoding="utf-8"))["sha256"]
    assert made == {
        f"{name}.npz": hashlib.sha256((tmp_path / f"{name}.npz").read_bytes()).hexdigest()
        for name in ("latin", "cyrillic")
    }
