"""People of one name who are said to be others are apart, and it is told."""

import pytest

from casemill.domain.arrival import Identity
from casemill.personal.masked import Together
from casemill.personal.masking import mask_together
from casemill.personal.roles_said import role_said


def texts(together: Together) -> list[str]:
    return [masked.text for masked in together.texts]


def test_a_courier_another_and_a_doctor_of_one_name_are_apart_and_told() -> None:
    together = mask_together(["Courier Ivan came; another Ivan is my doctor. Dr. Ivan Petrov."])
    assert texts(together) == ["Courier [NAME_1] came; another [NAME_2] is my doctor. Dr. [NAME_3]."]
    assert together.unsure == ("[NAME_1] may be [NAME_3]", "[NAME_2] may be [NAME_3] or [NAME_1]")


def test_endings_hide_no_role() -> None:
    together = mask_together(["Курьер Иван приехал.", "Я говорил с доктором Иваном.", "Курьера Ивана не было."])
    assert texts(together) == [
        "Курьер [NAME_1] приехал.",
        "Я говорил с доктором [NAME_2].",
        "Курьера [NAME_1] не было.",
    ]
    assert together.unsure == ("[NAME_2] may be [NAME_1]",)


@pytest.mark.parametrize(
    "said",
    ["Courier Ivan came. The driver Ivan left. Ivan called.", "Agent Ivan helped. My manager Ivan wrote. Ivan called."],
)
def test_two_words_for_one_role_are_one_person(said: str) -> None:
    together = mask_together([said])
    assert {span.placeholder for masked in together.texts for span in masked.spans} == {"[NAME_1]"}
    assert together.unsure == ()


def test_a_later_version_keeps_them_apart_under_their_numbers() -> None:
    first = mask_together(["Courier Ivan came; another Ivan is my doctor."])
    again = mask_together(["Hello.", "Courier Ivan came; another Ivan is my doctor."], entities=first.entities)
    assert texts(again)[1:] == texts(first)
    assert [entity.values for entity in again.entities] == [("Ivan (2)",), ("Ivan (3)",)]


def test_a_customer_whose_name_the_payload_tells_is_not_the_other() -> None:
    known = (Identity(role="customer", names=("Ivan",)),)
    together = mask_together(["Ivan here", "courier Ivan came, another Ivan, too"], known=known)
    assert texts(together) == ["[NAME_1] here", "courier [NAME_2] came, another [NAME_3], too"]
    assert "[NAME_2] may be [NAME_1]" in together.unsure


def test_another_is_never_the_one_met_before() -> None:
    together = mask_together(["Anna wrote to me.", "Then another Anna wrote to me."])
    assert texts(together) == ["[NAME_1] wrote to me.", "Then another [NAME_2] wrote to me."]
    assert together.unsure == ("[NAME_2] may be [NAME_1]",)


def test_what_tells_no_role_is_none() -> None:
    assert (role_said("курьера"), role_said("dr"), role_said("hello")) == ("courier", "doctor", "")


def test_one_role_alone_tells_nobody_apart_in_any_version() -> None:
    known = (Identity(role="agent", names=("Грант Уильямс",)),)
    first = mask_together(["COURIER ГРАНТ"], known=known)
    again = mask_together(["Hello.", "COURIER ГРАНТ"], known=known, entities=first.entities)
    assert texts(again)[1:] == texts(first) == ["COURIER [NAME_1]"]


def test_those_told_apart_keep_their_numbers_beside_a_known_full_name() -> None:
    known = (Identity(role="customer", names=("Ivan Petrov",)),)
    ticket = ["Ivan Petrov here. Courier Ivan came; another Ivan is my doctor. Ivan?"]
    first = mask_together(ticket, known=known)
    again = mask_together(["Hello.", *ticket], known=known, entities=first.entities)
    assert texts(again)[1:] == texts(first)
