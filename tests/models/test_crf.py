"""Training: labels by marks, names known by their form, and weights that read as they were taught."""

import random

import crf
import lists
from synthetic.forms import Example

from casemill.personal.tagger.properties import NO_LISTS
from casemill.personal.tagger.reader import Reader
from casemill.personal.tagger.weights import read, write


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


def test_lists_keep_common_words_where_training_sees_a_share_of_the_names() -> None:
    flags = lists.flagged({"first": ["Ann", "Bob", "Čeněk"], "common": ["ann", "the"]})
    assert flags["cenek"] == lists.FIRST
    assert flags["ann"] == lists.FIRST | lists.COMMON
    assert len(lists.packed(flags).keys) == 4
    assert set(lists.packed(flags, share=0.0).flags.tolist()) == {lists.COMMON}
