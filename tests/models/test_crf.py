"""Training: labels by marks, names known by their form, and weights that read as they were taught."""

import random

import crf
import lists
import numpy as np
from synthetic.forms import Example

from casemill.personal.tagger.casing import CAPITAL, FACES, FLAGS, ROWS, SMALL
from casemill.personal.tagger.properties import NO_LISTS
from casemill.personal.tagger.reader import Reader
from casemill.personal.tagger.weights import LABELS, read, write


def test_the_first_token_of_a_mark_begins_it() -> None:
    assert crf.labelled(["Hi", " Ann", " Lee", "!"], ((3, 10, "NAME"),)) == ["O", "B-NAME", "I-NAME", "O"]


def test_neighbouring_marks_begin_each() -> None:
    assert crf.labelled(["Ann", " Bob"], ((0, 3, "NAME"), (4, 7, "NAME"))) == ["B-NAME", "B-NAME"]


def test_listed_words_that_are_mostly_names_are_not_spelt_by_the_weights() -> None:
    taught = [Example("Ann may", ((0, 3, "NAME"),)), Example("ann and may", ((0, 3, "NAME"),))]
    assert crf.names_only(crf.sequences(taught), frozenset({"ann", "may"})) == {"ann"}


def test_weights_read_what_they_were_taught_and_are_the_same_twice() -> None:
    chance = random.Random(1)
    names = ["Ann", "Bob", "Cid", "Dora", "Eve"]
    taught = []
    for _ in range(80):
        name = chance.choice(names)
        taught.append(Example(f"my name is {name} ok", ((11, 11 + len(name), "NAME"),)))
        taught.append(Example("where is my parcel"))
    settings, unnamed = crf.Settings(iterations=20), frozenset(name.lower() for name in names)
    one, other = (write(crf.train(taught, NO_LISTS, settings=settings, unnamed=unnamed)) for _ in range(2))
    assert one == other
    found = Reader(read(one)).read(["my name is Zoe ok", "where is my parcel"])
    assert [span[:4] for span in found.spans] == [(0, 11, 14, "NAME")]


def test_a_word_in_small_letters_is_a_name_where_no_line_has_capitals() -> None:
    chance, taught = random.Random(2), []
    between = "said that it came too late"
    for _ in range(150):
        word = "".join(chance.choices("abcdefgh", k=6))
        taught.append(Example(f"here {word} {between} for Tom"))
        taught.append(Example(f"here {word} {between} for tom", ((5, 11, "NAME"),)))
    settings = crf.Settings(casing=True)
    reader = Reader(read(write(crf.train(taught, NO_LISTS, settings=settings, unnamed=frozenset()))))
    small, large = f"here ghabcd {between} for tom", f"here ghabcd {between} for Tom"
    assert [span[1:4] for span in reader.read([small]).spans] == [(5, 11, "NAME")]
    assert not reader.read([large]).spans
    assert [span[1:3] for span in reader.read([f"{large}\n{small}"]).spans] == [(len(large) + 6, len(large) + 12)]


def test_weights_of_a_model_that_looks_at_no_casing_have_none() -> None:
    taught = [Example(f"my name is {name}", ((11, 14, "NAME"),)) for name in ("Ann", "Bob", "Cid", "Eve")]
    weights = crf.train(taught, NO_LISTS, settings=crf.Settings(iterations=5), unnamed=frozenset())
    assert not len(weights.casing)


def told(wordy: crf.Wordy) -> set[tuple[int, int, int, str, int]]:
    """What common words get: how the line is written, kind of word, its flags, label, units."""
    taken = crf.worded(np.zeros((ROWS, len(LABELS)), np.int16), wordy)
    return {
        (row // FACES, row % FACES // FLAGS, row % FLAGS, LABELS[label], int(taken[row, label]))
        for row, label in np.argwhere(taken).tolist()
    }


def test_common_words_in_small_letters_lose_in_lines_with_capitals() -> None:
    found = told(crf.Wordy(guard=1.5))
    assert {(line, kind, units) for line, kind, _, _, units in found} == {(line, SMALL, -192) for line in (1, 2)}
    assert {flags for _, _, flags, _, _ in found} == set(range(lists.COMMON, FLAGS))
    assert {label for _, _, _, label, _ in found} == {"B-NAME", "I-NAME"}


def test_common_words_that_are_names_gain_in_small_lines_and_with_a_capital() -> None:
    found = told(crf.Wordy(small=2.0, capital=0.5))
    assert {(line, kind, units) for line, kind, _, _, units in found} == {
        (0, SMALL, 256),
        (1, CAPITAL, 64),
        (2, CAPITAL, 64),
    }
    assert {flags for _, _, flags, _, _ in found} == {9, 10, 11, 13, 14, 15}


def test_a_model_that_looks_at_no_casing_gives_common_words_nothing() -> None:
    assert not len(crf.worded(np.zeros((0, len(LABELS)), np.int16), crf.Wordy(small=1.0)))


def test_training_sees_a_rare_common_word_only_where_it_sees_it_as_a_name() -> None:
    flags = lists.flagged({"first": ["Arman"], "common": ["arman", "rarely", "often"]})
    rare = {"arman", "rarely"}
    assert lists.packed(flags, rare=rare).flags.tolist().count(lists.FIRST | lists.COMMON) == 1
    assert sorted(lists.packed(flags, rare=rare).flags.tolist()) == [lists.COMMON, lists.FIRST | lists.COMMON]
    assert lists.packed(flags, rare=rare, share=0.0).flags.tolist() == [lists.COMMON]


def test_lists_keep_common_words_where_training_sees_a_share_of_the_names() -> None:
    flags = lists.flagged({"first": ["Ann", "Bob", "Čeněk"], "common": ["ann", "the"]})
    assert flags["cenek"] == lists.FIRST
    assert flags["ann"] == lists.FIRST | lists.COMMON
    assert len(lists.packed(flags).keys) == 4
    assert set(lists.packed(flags, share=0.0).flags.tolist()) == {lists.COMMON}
