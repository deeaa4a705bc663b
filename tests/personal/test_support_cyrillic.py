"""Masking of support messages in Russian, Kazakh and both: who is named goes, facts stay."""

import pytest

from casemill import mask
from personal.support_set import FOLDER, messages, outcome, read


def test_the_sets_are_as_large_as_promised() -> None:
    sizes = {path.stem: len(list(messages(path.stem))) for path in FOLDER.glob("*.txt")}
    assert sizes["russian"] >= 40
    assert sizes["kazakh"] >= 30
    assert sizes["mixed"] >= 10
    assert sizes["nobody"] >= 40


def test_a_mark_is_where_its_piece_stands() -> None:
    assert read("от ‹Анны› и ‹Олжаса›") == ("от Анны и Олжаса", ((3, 7), (10, 16)))


@pytest.mark.parametrize(("name", "least"), [("russian", 0.95), ("kazakh", 0.93), ("mixed", 0.95)])
def test_who_is_named_goes(name: str, least: float) -> None:
    found = outcome(messages(name))
    assert found.recall >= least, found.stayed
    assert len(found.false) <= 1, found.false


@pytest.mark.parametrize(("name", "least"), [("russian", 0.9), ("kazakh", 0.85), ("mixed", 0.9)])
def test_who_is_named_in_small_letters_goes(name: str, least: float) -> None:
    found = outcome(messages(name), lower=True)
    assert found.recall >= least, found.stayed
    assert len(found.false) <= 1, found.false


@pytest.mark.parametrize("lower", [False, True])
def test_facts_stay_where_nobody_is_named(lower: bool) -> None:
    assert len(outcome(messages("nobody"), lower=lower).false) <= 2


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("мой номер начинается с 8701", "мой номер начинается с [PHONE_1]"),
        ("доставка была на Абая 12", "доставка была на [ADDRESS_1]"),
        ("доставка была на абая 12", "доставка была на [ADDRESS_1]"),
        ("я писал с почты жены", "я писал с почты жены"),
        ("я писала с почты мужа: askar@example.com", "я писала с почты мужа: [EMAIL_1]"),
        ("менің нөмірім 8701-ден басталады", "менің нөмірім [PHONE_1]-ден басталады"),
        ("жеткізу Абай 12 болды", "жеткізу [ADDRESS_1] болды"),
        ("жеткізу абай көшесі 12 болды", "жеткізу [ADDRESS_1] болды"),
        ("әйелімнің поштасынан жаздым", "әйелімнің поштасынан жаздым"),
        ("әйелімнің поштасынан жаздым: aigul@example.com", "әйелімнің поштасынан жаздым: [EMAIL_1]"),
        ("мой номер 8701-ден басталады", "мой номер [PHONE_1]-ден басталады"),
    ],
)
def test_parts_of_a_number_and_inflected_streets_go(text: str, masked: str) -> None:
    assert mask(text).text == masked
