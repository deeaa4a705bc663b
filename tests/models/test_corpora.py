"""Reading the public sets: tokens are joined as they would have been written, marks move along."""

import gzip
import json
from pathlib import Path

import corpora
from synthetic.forms import Example


def test_blanks_before_signs_go_and_marks_move_along() -> None:
    made = corpora.joined(Example("Well , Ann 's dog ( Rex ) .", ((7, 10, "NAME"), (20, 23, "NAME"))))
    assert made.text == "Well, Ann's dog (Rex)."
    assert [made.text[start:end] for start, end, _ in made.spans] == ["Ann", "Rex"]


def test_links_and_handles_are_covered_unless_they_are_marked() -> None:
    made = corpora.covered(Example("@ann sees https://a.example and @bob", ((0, 4, "NAME"),)))
    assert made.text == f"@ann sees {17 * chr(0)} and {4 * chr(0)}"


def test_of_overlapping_marks_the_longest_stays() -> None:
    assert corpora.apart(((0, 3, "NAME"), (0, 8, "ORG"), (9, 12, "PLACE"))) == ((0, 8, "ORG"), (9, 12, "PLACE"))


def test_a_set_is_read_by_the_labels_of_the_tagger(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl.gz"
    spans = [{"start": 0, "end": 3, "type": "PER"}, {"start": 7, "end": 11, "type": "product"}]
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write(json.dumps({"text": "Ann has Docs", "spans": spans}) + "\n")
    assert list(corpora.entities(path)) == [Example("Ann has Docs", ((0, 3, "NAME"),))]
    assert list(corpora.plain(path)) == [Example("Ann has Docs")]
