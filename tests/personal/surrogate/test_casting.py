"""Texts with surrogates: consistent, of the same form, nobody's, and maskable again."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casemill.domain.arrival import Identity
from casemill.personal.check_digits import luhn
from casemill.personal.detectors.iban import fits as fits_iban
from casemill.personal.detectors.iin import fits as fits_iin
from casemill.personal.masking import Masked, MaskedSpan, Together, mask_together
from casemill.personal.surrogate import Cast, surrogate_text, surrogate_together
from casemill.personal.surrogate.avoided import FORM
from casemill.personal.surrogate.places import STREET_WORDS

ANNA = Identity(role="customer", names=("Anna Karimova",), emails=("anna.karimova@shop.test",))
TICKET = (
    "Anna Karimova here, anna.karimova@shop.test, +7 701 123 45 67, order #W6247578.",
    "anna, ends in 1111: card 4111 1111 1111 1111, phone 8 (701) 123-45-67, for Anna K.",
)


def marked(text: str, *pieces: tuple[str, str], numbers: tuple[int, ...] = ()) -> Masked:
    """The text with each (piece, label) masked, all different things unless `numbers` says so."""
    spans: list[MaskedSpan] = []
    for place, (piece, label) in enumerate(pieces):
        number = numbers[place] if numbers else place + 1
        start = text.index(piece, spans[-1].end if spans else 0)
        spans.append(MaskedSpan(start=start, end=start + len(piece), label=label, placeholder=f"[{label}_{number}]"))
    return Masked(text="", spans=tuple(spans))


def drawn(label: str, *values: str, seed: str = "s") -> list[str]:
    """The surrogates of several values, each of a different thing."""
    text = "; ".join(values)
    return surrogate_text(text, marked(text, *((value, label) for value in values)), seed=seed).split("; ")


def shape(text: str) -> str:
    return re.sub(r"[^\W\d_]+", "x", re.sub(r"[0-9]", "0", text))


def test_one_thing_has_one_surrogate_through_all_texts() -> None:
    together = mask_together(TICKET, known=[ANNA])
    first, second = surrogate_together(TICKET, together)
    name = first.text.split(" here")[0]
    given_name, surname = name.split()
    assert second.text.startswith(f"{given_name.lower()}, ")
    assert second.text.endswith(f"for {given_name} {surname[0]}.")
    assert f"{given_name.lower()}.{surname.lower()}@" in first.text
    digits = re.sub(r"\D", "", re.search(r"\+7[\d ]+", first.text)[0])  # type: ignore[index]
    assert digits[1:] in re.sub(r"\D", "", second.text)
    card = re.search(r"card ([\d ]+\d)", second.text)[1]  # type: ignore[index]
    assert f"ends in {card[-4:]}" in second.text


def test_the_seed_decides_and_the_same_seed_decides_the_same() -> None:
    together = mask_together(TICKET, known=[ANNA])
    once, again, other = (surrogate_together(TICKET, together, seed=seed) for seed in "aab")
    assert once == again
    assert once[0].text != other[0].text


def test_the_text_outside_the_spans_is_untouched() -> None:
    together = mask_together(TICKET, known=[ANNA])
    for text, masked, dressed in zip(TICKET, together.texts, surrogate_together(TICKET, together), strict=True):
        pieces, position = [], 0
        for span, surrogate in zip(masked.spans, dressed.surrogates, strict=True):
            pieces += [text[position : span.start], surrogate]
            position = span.end
        assert dressed.text == "".join(pieces) + text[position:]


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("PHONE", "+7 (701) 123-45-67"),
        ("PHONE", "415-867-5309"),
        ("PHONE", "+44 7911 123456"),
        ("PHONE", "8 701 123 45 67"),
        ("PHONE", "8701"),
        ("CARD", "4111-1111-1111-1111"),
        ("CARD", "4111 **** **** 1111"),
        ("SSN", "123-45-6789"),
        ("IIN", "990101300123"),
        ("ORDER", "#W6247578"),
        ("ACCOUNT", "credit_card_9513926"),
        ("TICKET", "REQ-55012"),
        ("DOB", "03/17/1985"),
        ("DOB", "1985-03-17"),
        ("ZIP", "19122-0001"),
        ("ADDRESS", "763 Broadway, Suite 135, Philadelphia"),
        ("ADDRESS", "ул. Абая 12, кв. 5"),
        ("DEVICE", "490154203237518"),
        ("PASSPORT", "N1234567"),
        ("PLATE", "123 ABC 02"),
        ("ORG", "Fast Fox Ltd"),
        ("EMAIL", "zed.q@acme.io"),
        ("USERNAME", "zed_q_1234"),
    ],
)
def test_a_surrogate_has_the_form_of_the_value_and_none_of_its_words(label: str, value: str) -> None:
    [surrogate] = drawn(label, value)
    if label not in ("EMAIL", "ADDRESS"):
        assert shape(surrogate) == shape(value)
    form = FORM | STREET_WORDS | {"w", "req", "ltd", "44"}
    words = {word for word in re.findall(r"[^\W_]{2,}", value.lower()) if word not in form}
    assert not words & set(re.findall(r"[^\W_]{2,}", surrogate.lower()))


def test_check_digits_are_wrong_on_purpose() -> None:
    for seed in map(str, range(30)):
        card, other = drawn("CARD", "4111 1111 1111 1111", "5500-0000-0000-0004", seed=seed)
        assert not luhn(re.sub(r"\D", "", card))
        assert not luhn(re.sub(r"\D", "", other))
        [account] = drawn("IBAN", "KZ86 125K ZT50 0410 0100", seed=seed)
        assert account.startswith("KZ00 ")
        assert not fits_iban(account)
        [number] = drawn("IIN", "990101300123", seed=seed)
        assert not fits_iin(number)
        assert drawn("SSN", "123-45-6789", seed=seed)[0].startswith("000-")


def test_phones_lie_where_nobody_answers() -> None:
    american, russian, british = drawn("PHONE", "(415) 867-5309", "+7 701 123 45 67", "+44 7911 123456")
    assert re.fullmatch(r"\([2-9]\d\d\) 555-01\d\d", american)
    assert re.fullmatch(r"\+7 7\d\d 000 \d\d \d\d", russian)
    assert british.startswith("+44 7700 900")


def test_addresses_of_machines_are_those_kept_for_documents() -> None:
    four, six, hardware = drawn("IP", "10.2.3.4", "fe80::1", "aa:bb:cc:dd:ee:ff")
    assert re.fullmatch(r"(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d+", four)
    assert six.startswith("2001:db8::")
    assert hardware.startswith("00:00:5e:00:53:")


def test_mail_goes_to_domains_that_nobody_owns() -> None:
    for mail in drawn("EMAIL", "zed@acme.io", "q.w@example.com", "me at corp dot kz"):
        assert re.search(r"(?:@|at )(?:example|mailbox|post|letters)(?:\.| dot )(?:com|org|net|test)$", mail)
    [said] = drawn("EMAIL", "анна собака почта точка ру")
    assert re.search(r" собака (?:экзампл|мейлбокс|пост|леттерс) точка (?:ком|орг|нет|тест)$", said)


def test_a_link_leads_nowhere_and_keeps_its_form() -> None:
    [link] = drawn("URL", "https://shop.com/users/zed/orders/128812?token=abc123XYZ9")
    assert re.fullmatch(r"https://\w+\.example\.com/users/[a-z]+/orders/\d{6}\?token=\w{10}", link)
    assert "zed" not in link


@pytest.mark.parametrize("value", ["1985-03-17", "17.03.1985", "03/17/1985"])
def test_a_date_of_birth_stays_a_date_some_years_off(value: str) -> None:
    parts = [[int(part) for part in re.split(r"\D", text)] for text in (value, *drawn("DOB", value))]
    (year, *_), (drawn_year, *others) = (sorted(part, reverse=True) for part in parts)
    assert 1 <= abs(year - drawn_year) <= 4
    assert date(drawn_year, min(others), max(others))


@pytest.mark.parametrize("value", ["5 марта 1990", "March 3rd, 1985", "3 наурыз 1990"])
def test_a_month_in_words_becomes_another_in_the_same_words(value: str) -> None:
    [surrogate] = drawn("DOB", value)
    assert shape(surrogate) == shape(value)
    assert not set(re.findall(r"[^\W\d_]{3,}", value)) & set(re.findall(r"[^\W\d_]{3,}", surrogate))


def test_words_that_say_street_or_house_stay() -> None:
    english, russian, kazakh = drawn(
        "ADDRESS", "12 Elm Street, Apt 5", "улица Лесная, дом 3", "Абай көшесі 12, 5 пәтер"
    )
    assert re.fullmatch(r"\d\d \w+ Street, Apt \d", english)
    assert re.fullmatch(r"улица \w+ая, дом \d", russian)
    assert re.fullmatch(r"\w+ көшесі \d\d, \d пәтер", kazakh)


def test_different_things_have_different_surrogates() -> None:
    orders = drawn("ORDER", *(f"{number}" for number in range(1000, 1400)))
    assert len(set(orders)) > 395
    people = [f"Zed{chr(97 + n // 26)}{chr(97 + n % 26)} Qux{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(50)]
    assert len(set(drawn("NAME", *people))) == 50


MASKED_AGAIN = (
    ("write to anna.karimova@gmail.com please", "EMAIL"),
    ("call me at +7 701 123 45 67 please", "PHONE"),
    ("my number is 415-867-5309, thanks", "PHONE"),
    ("my card 4111 1111 1111 1111 was charged", "CARD"),
    ("the card ending in 4471 please", "CARD_LAST4"),
    ("where is order #W6247578 now", "ORDER"),
    ("my ИИН 990101300123, проверьте", "IIN"),
    ("SSN 123-45-6789 is mine", "SSN"),
    ("born on 03/17/1985", "DOB"),
    ("IBAN: KZ86 125K ZT50 0410 0100", "IBAN"),
    ("from 10.2.3.4 today", "IP"),
    ("user anna_karimova_1234 cannot log in", "USERNAME"),
    ("my zip code is 19122", "ZIP"),
    ("my mail is anna dot k at gmail dot com", "EMAIL"),
    ("моя почта анна точка к собака мейл точка ру, пишите", "EMAIL"),
    ("почтам aida нүкте k ит белгісі gmail нүкте com", "EMAIL"),
)


@pytest.mark.parametrize(("text", "label"), MASKED_AGAIN, ids=[label for _, label in MASKED_AGAIN])
def test_what_was_dressed_can_be_masked_again(text: str, label: str) -> None:
    together = mask_together([text])
    assert label in [span.label for span in together.texts[0].spans]
    dressed = surrogate_together([text], together)[0].text
    assert dressed != text
    assert mask_together([dressed]).texts[0].text == together.texts[0].text


def test_a_dressed_name_is_masked_again_where_a_cue_tells_it() -> None:
    text = "Hello, my name is Anna Karimova and I wait for my parcel."
    together = mask_together([text], known=[ANNA])
    dressed = surrogate_together([text], together)[0].text
    assert "Anna" not in dressed
    assert mask_together([dressed]).texts[0].text == together.texts[0].text


TOLD = (
    (
        "I am Anna Karimova, ask Anna. My number starts with 8701: +7 701 123 45 67, it ends in 4567.",
        r"I am (\w+) (\w+), ask \1\. My number starts with 8(\d{3}): \+7 \3 (\d{3}) (\d\d) (\d\d), it ends in \5\6\.",
    ),
    (
        "Пишет Анна Каримова. Верните Анне Каримовой деньги на карту 4539 1488 0343 6467, оканчивается на 6467.",
        r"Пишет (\w+)[ая] (\w+?)ая?\. Верните \1[еи] \2ой деньги на карту [\d ]+ (\d{4}), оканчивается на \3\.",
    ),
    (
        "Менің атым Айгүл. Айгүлге жазыңыз, Айгүлдің картасы 4539 1488 0343 6467.",
        r"Менің атым (\w+)\. \1[ғгқк][ае] жазыңыз, \1[ндт][ыі]ң картасы [\d ]+\.",
    ),
)


@pytest.mark.parametrize(("text", "form"), TOLD, ids=["english", "russian", "kazakh"])
def test_a_ticket_reads_as_it_did(text: str, form: str) -> None:
    for seed in map(str, range(10)):
        written = surrogate_together([text], mask_together([text]), seed=seed)[0].text
        assert re.fullmatch(form, written), written
        assert not re.search("Anna|Karimov|Анн|Карим|Айгүл|123|6467", written)


def test_a_placeholder_that_the_customer_wrote_stays() -> None:
    text = "[NAME_1] is what I saw, says Anna Karimova"
    together = mask_together([text], known=[ANNA])
    assert surrogate_together([text], together)[0].text.startswith("[NAME_1] is what I saw, says ")


def test_a_cast_goes_on_from_text_to_text() -> None:
    cast = Cast("s")
    first = "Anna Karimova wrote"
    again = "answer Anna Karimova"
    one = cast.dress([first], [marked(first, ("Anna Karimova", "NAME"))])[0]
    other = cast.dress([again], [marked(again, ("Anna Karimova", "NAME"))])[0]
    assert one.surrogates == other.surrogates


LABELS = ("NAME", "EMAIL", "PHONE", "ADDRESS", "ORDER", "CARD", "IBAN", "IIN", "DOB", "URL", "IP", "USERNAME", "X_Y")


@settings(max_examples=150)
@given(st.text(min_size=1, max_size=40), st.sampled_from(LABELS), st.text(max_size=5))
def test_any_value_under_any_label_has_a_surrogate(value: str, label: str, seed: str) -> None:
    masked = Masked(text="", spans=(MaskedSpan(start=0, end=len(value), label=label, placeholder=f"[{label}_1]"),))
    together = Together(texts=(masked,))
    assert surrogate_together([value], together, seed=seed) == surrogate_together([value], together, seed=seed)


@pytest.mark.parametrize(
    ("branch", "form"),
    [
        ("Oak Street 5", r"[A-Z]\w+ Street \d"),
        ("ул. Достык 105", r"ул\. [А-Я]\w+ \d{3}"),
        ("Halyk Bank branch", r"[A-Z]\w+ Bank branch"),
    ],
)
def test_a_branch_keeps_the_words_that_say_what_it_is(branch: str, form: str) -> None:
    [made] = drawn("BRANCH", branch)
    assert re.fullmatch(form, made)
    assert made != branch


def test_an_address_of_two_names_that_nothing_linked_follows_both() -> None:
    text = "Anna wrote; Ms. Karimova; anna.karimova@shop.kz"
    pieces = [("Anna", "NAME"), ("Karimova", "NAME"), ("anna.karimova@shop.kz", "EMAIL")]
    made = re.fullmatch(r"(\w+) wrote; Ms\. (\w+); (\w+)\.(\w+)@\S+", surrogate_text(text, marked(text, *pieces)))
    assert made is not None
    assert (made[3], made[4]) == (made[1].lower(), made[2].lower())


def test_no_seed_gives_an_account_whose_check_digits_fit() -> None:
    for seed in range(300):
        [account] = drawn("IBAN", "KZ86125KZT5004100100", seed=f"{seed}")
        assert re.fullmatch("KZ00[0-9]{3}[A-Z]{3}[0-9]{10}", account)
        assert not fits_iban(account)
