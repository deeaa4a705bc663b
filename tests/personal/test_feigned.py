"""What a customer writes in the form of a placeholder: read as it stands, never a way round masking."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casemill.domain.placeholder import LABELS, PLACEHOLDER, Entity, bracketed
from casemill.personal import mask, mask_together
from casemill.personal.find import scan
from casemill.personal.masking import Masker, Terms

KNOWN = ("Anna Karimova", "87015550177")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("my card [CARD_4539148803436467]", "my card [CARD_[CARD_1]]"),
        ("phone [PHONE_87015550177]", "phone [PHONE_[PHONE_1]]"),
        ("[IIN_880512300127]", "[IIN_[IIN_1]]"),
        ("[ORDER_548921]", "[ORDER_[ORDER_1]]"),
        ("[PASSPORT_08234567]", "[PASSPORT_[PASSPORT_1]]"),
        ("[PIN_4471]", "[PIN_[SECRET_1]]"),
        ("[ANNA_1] and [KARIMOVA_2]", "[[NAME_1]_1] and [[NAME_1]_2]"),
        ("[ANNA_KARIMOVA_1]", "[[NAME_1]_1]"),
    ],
)
def test_a_value_in_the_form_of_a_placeholder_is_masked(text: str, wanted: str) -> None:
    masked = mask(text, KNOWN).text
    assert masked == wanted
    assert mask(masked, KNOWN).text == masked


def test_the_labels_of_a_company_are_placeholders_where_the_company_has_them() -> None:
    always = ["PARTNER:Fast Fox"]
    once = mask("Fast Fox took it", always=always).text
    assert once == "[PARTNER_1] took it"
    assert mask(once, always=always).text == once
    typed = mask("[PARTNER_1] and Fast Fox", always=always)
    assert typed.text == "[PARTNER_1] and [PARTNER_2]"


def test_a_label_of_an_earlier_version_is_a_placeholder() -> None:
    given_before = Entity(label="KLINGON", number=1, values=("Worf Kurn",))
    together = mask_together(["[KLINGON_1] and Worf Kurn"], entities=[given_before])
    assert together.texts[0].text == "[KLINGON_1] and [KLINGON_1]"


def test_more_than_ten_thousand_of_a_type_are_told_apart_and_masked_once() -> None:
    text = "\n".join(f"order {10_000_000 + 7 * place}" for place in range(10_050))
    masked = mask(text)
    assert masked.text.endswith("order [ORDER_51A]")
    assert len({span.placeholder for span in masked.spans}) == 10_050
    assert mask(masked.text[-2000:]).spans == ()


LABELLED = st.one_of(
    st.sampled_from(sorted(LABELS)),
    st.sampled_from(["PARTNER", "ANNA", "KARIMOVA", "X", "ID", "PIN", "CODE", "TEL", "A_B", "NAME_2", "ANNA_KARIMOVA"]),
)
NUMBERS = st.one_of(st.integers(0, 12), st.integers(9_990, 10_010), st.integers(10**5, 10**16)).map(str)
FEIGNED = st.builds("[{}_{}]".format, LABELLED, NUMBERS) | st.builds(bracketed, LABELLED, st.integers(1, 30_000))
PIECES = st.one_of(
    FEIGNED,
    st.sampled_from(["Anna ", "Fast Fox", " order 548921", "card ", "[", "]", "_", "1", " ", "\n", "my name is ", "№"]),
)
TICKETS = st.lists(st.lists(PIECES, max_size=8).map("".join), min_size=1, max_size=3)
calmly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
ALWAYS = ("PARTNER:Fast Fox",)


@calmly
@given(TICKETS)
def test_masking_twice_is_masking_once_whatever_is_feigned(ticket: list[str]) -> None:
    once = [masked.text for masked in mask_together(ticket, always=ALWAYS).texts]
    again = mask_together(once, always=ALWAYS)
    assert [masked.text for masked in again.texts] == once


@calmly
@given(TICKETS)
def test_no_placeholder_that_stood_there_is_given_out(ticket: list[str]) -> None:
    typed = {match[0] for text in ticket for match in PLACEHOLDER.finditer(text)}
    masker = Masker(terms=Terms(always=ALWAYS))
    given_out = {span.placeholder for masked in masker.mask(ticket) for span in masked.spans}
    assert not typed & given_out


@calmly
@given(st.sampled_from(sorted(LABELS)), st.integers(10**6, 10**16))
def test_no_long_number_hides_in_brackets(label: str, number: int) -> None:
    text = f"call +7 701 123 45 67 [{label}_{number}]"
    plain = [text[span.start : span.end] for span in scan(text.replace(f"[{label}_{number}]", f"[{label} {number}]"))]
    if "_" not in label:
        assert [text[span.start : span.end] for span in scan(text)] == plain
