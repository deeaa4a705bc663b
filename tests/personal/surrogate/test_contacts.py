"""An address is one address, typed or spelled out, and names whom the text names."""

import re

import pytest

from casemill.personal.surrogate.contacts import Address, address_of
from casemill.personal.surrogate.grammar import latin
from personal.dressing import played

SEEDS = [f"seed {number}" for number in range(8)]


@pytest.mark.parametrize(
    "said",
    [
        "anna dot k 77 at shop dot test",
        "anna.k77 at shop.test",
        "anna.k77 [at] shop [dot] test",
        "anna.k77 (at) shop (dot) test",
        "anna.k77%40shop.test",
        "anna точка k77 собака shop точка test",
        "anna нүкте k77 ит белгісі shop нүкте test",
        "ANNA.K77@SHOP.TEST",
        "anna.k77 at shop test",
    ],
)
def test_all_these_are_one_address(said: str) -> None:
    assert address_of(said) == Address("anna.k77", ("shop", "test"))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("said", "signs"),
    [
        ("anna dot k 77 at shop dot test", {" dot ": ".", " at ": "@"}),
        ("anna.k 77 [at] shop [dot] test", {" [dot] ": ".", " [at] ": "@"}),
        ("anna.k77%40shop.test", {"%40": "@"}),
        ("anna.k77 at shop test", {" at ": "@"}),
    ],
)
def test_an_address_spelled_out_has_the_surrogate_of_the_typed_one(said: str, signs: dict[str, str], seed: str) -> None:
    typed, spelled = played(f"{{EMAIL_1 anna.k77@shop.test}} or {{EMAIL_2 {said}}}", seed=seed)
    for words, sign in signs.items():
        assert words in spelled
        spelled = spelled.replace(words, sign)
    assert re.sub(r"\s", "", spelled).replace(".", "") == typed.replace(".", "")


@pytest.mark.parametrize("seed", SEEDS)
def test_an_address_spelled_out_in_russian_is_the_same_in_cyrillic(seed: str) -> None:
    typed, spelled, name = played(
        "{EMAIL_1 dauren.a@shop.test}, то есть {EMAIL_2 дәурен точка а собака шоп точка тест}; {NAME_1 Dauren Abenov}",
        seed=seed,
    )
    match = re.fullmatch(r"(\w+) точка (\w) собака (\w+) точка (\w+)", spelled)
    assert match
    given, surname = name.lower().split()
    assert latin(match[1]) == given
    assert latin(match[2])[0] == surname[0]
    assert typed.startswith(f"{given}.{surname[0]}@")
    assert not spelled.isascii()
    domains = {"экзампл": "example", "мейлбокс": "mailbox", "пост": "post", "леттерс": "letters"}
    assert f"@{domains[match[3]]}." in typed


@pytest.mark.parametrize("seed", SEEDS)
def test_an_address_without_the_end_of_its_domain_has_none_either(seed: str) -> None:
    typed, short = played("{EMAIL_1 anna.k@mail.ru}, {EMAIL_2 anna.k@mail}", seed=seed)
    assert typed.startswith(f"{short}.")


def test_other_signs_in_an_address_make_another() -> None:
    dot, low = played("{EMAIL_1 quon.k@mail.ru} {EMAIL_2 quon_k@mail.ru}")
    assert dot.replace(".", "_", 1) != low


def test_words_that_say_an_underscore_stay() -> None:
    typed, said = played("{EMAIL_1 bob_x@mail.ru}, {EMAIL_2 bob нижнее подчеркивание x собака mail точка ru}")
    first, second = re.match(r"([a-z]+)_([a-z])@", typed).groups()  # type: ignore[union-attr]
    assert said.startswith(f"{first} нижнее подчеркивание {second} собака ")


@pytest.mark.parametrize("seed", SEEDS)
def test_of_kin_the_one_whose_first_name_stands_in_an_address_is_meant(seed: str) -> None:
    john, jane, hers, his = played(
        "{NAME_1 John Smith} {NAME_2 Jane Smith} {EMAIL_1 smith.jane@x.io} {USERNAME_1 jsmith.john}", seed=seed
    )
    given, surname = jane.lower().split()
    assert hers.startswith(f"{surname}.{given}@")
    assert his.endswith(f".{john.lower().split()[0]}")


def test_an_address_in_latin_letters_follows_a_name_in_cyrillic() -> None:
    name, mail = played("{NAME_1 Юлия Щербакова}, {EMAIL_1 yuliya.shcherbakova@x.io}")
    given, surname = latin(name).lower().split()
    assert mail.startswith(f"{given}.{surname}@")
