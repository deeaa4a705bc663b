"""Who is meant: names are one person where the evidence says so, apart and told where it does not."""

import pytest

from casemill.domain.arrival import Identity
from casemill.domain.placeholder import Entity
from casemill.personal import mask_together
from casemill.personal.link import Role
from casemill.personal.masked import Together
from casemill.personal.people import Person, person_of
from casemill.personal.who import Circle, Mention, local_of, mention_at

KARIMOVA = Identity(role="customer", names=("Anna Karimova",), emails=("anna.karimova@example.com",))
SOKOLOVA = Identity(role="agent", names=("Anna Sokolova",))


def texts(together: Together) -> list[str]:
    return [masked.text for masked in together.texts]


def roles(together: Together) -> dict[str, Role]:
    return {entity.placeholder: entity.role for entity in together.entities}


def circle(*people: Person, said: list[str], mails: list[str] | None = None) -> Circle:
    found = Circle(people)
    found.settle([Mention(name) for name in said], mails=mails or [])
    return found


def test_full_name_initial_title_and_surname_of_one_person_are_one() -> None:
    together = mask_together(["Hi, my name is Anna Karimova.", "Dear Ms. Karimova, thank you, Anna!", "Anna K. called"])
    assert texts(together) == ["Hi, my name is [NAME_1].", "Dear Ms. [NAME_1], thank you, [NAME_1]!", "[NAME_1] called"]
    assert together.unsure == ()


def test_a_first_name_that_two_people_have_is_apart_and_told() -> None:
    together = mask_together(
        ["Hi Anna, Anna K. here", "Ms. Karimova and Ms. Sokolova", "Best, Anna"], known=(KARIMOVA, SOKOLOVA)
    )
    assert texts(together) == ["Hi [NAME_1], [NAME_2] here", "Ms. [NAME_2] and Ms. [NAME_3]", "Best, [NAME_1]"]
    assert together.unsure == ("[NAME_1] may be [NAME_2] or [NAME_3]",)
    assert roles(together) == {"[NAME_1]": None, "[NAME_2]": "customer", "[NAME_3]": "agent"}


def test_an_address_that_is_made_of_a_name_takes_the_role_of_its_owner() -> None:
    together = mask_together(["akarimova@example.com wrote to asokolova@shop.test"], known=(KARIMOVA, SOKOLOVA))
    assert texts(together) == ["[EMAIL_1] wrote to [EMAIL_2]"]
    assert roles(together) == {"[EMAIL_1]": "customer", "[EMAIL_2]": "agent"}


def test_roles_stay_in_the_text_beside_the_placeholders() -> None:
    text = "customer Anna Karimova was answered by agent Anna Sokolova"
    assert texts(mask_together([text], known=(KARIMOVA, SOKOLOVA))) == [
        "customer [NAME_1] was answered by agent [NAME_2]"
    ]


def test_one_person_goes_through_subject_note_result_and_file_name() -> None:
    subject, note, result, name = texts(
        mask_together(
            [
                "Anna Karimova: late order #W1234567",
                "called karimova back",
                '{"order": "W1234567"}',
                "anna_W1234567.pdf",
            ],
            known=(KARIMOVA,),
        )
    )
    assert subject == "[NAME_1]: late order [ORDER_1]"
    assert note == "called [NAME_1] back"
    assert result == '{"order": "[ORDER_1]"}'
    assert name == "[NAME_1]_[ORDER_1].pdf"


def test_the_same_courier_doctor_and_branch_have_one_number() -> None:
    known = (Identity(role="other", names=("Timur Bekov",)), Identity(role="other", names=("Olga Ivanova",)))
    together = mask_together(
        ["courier Timur was late, courier Bekov said so", "Doctor Ivanova, Dr. Ivanova", "store no. 4471, store #4471"],
        known=known,
    )
    assert texts(together)[:2] == [
        "courier [NAME_1] was late, courier [NAME_1] said so",
        "Doctor [NAME_2], Dr. [NAME_2]",
    ]
    assert {span.placeholder for span in together.texts[2].spans} == {"[STORE_1]"}


def test_mister_and_miss_of_one_name_are_two() -> None:
    found = circle(said=[])
    mister, miss = mention_at("Mr. Smith", (4, 9)), mention_at("Ms. Smith", (4, 9))
    found.settle([mister, miss])
    assert found.meant(mister).who != found.meant(miss).who
    assert (found.said(mister), found.said(miss)) == ("Mr. Smith", "Ms. Smith")


def test_two_ways_to_go_on_a_first_name_leave_it_to_nobody() -> None:
    found = circle(said=["Anna Karimova", "Anna Smith", "Anna"])
    meant = [found.meant(Mention(name)) for name in ("Anna Karimova", "Anna Smith", "Anna")]
    assert meant[0].who != meant[1].who
    assert meant[2].who is None
    assert set(meant[2].rivals) == {meant[0].who, meant[1].who}


def test_a_mail_address_joins_a_lone_first_and_a_lone_last_name() -> None:
    apart = circle(said=["Anna", "Karimova"])
    assert apart.meant(Mention("Anna")).who != apart.meant(Mention("Karimova")).who
    joined = circle(said=["Anna", "Karimova"], mails=["anna.karimova@example.com"])
    assert joined.meant(Mention("Anna")).who == joined.meant(Mention("Karimova")).who is not None


@pytest.mark.parametrize("local", ["anna.karimova", "akarimova", "karimovaa", "karimova_a"])
def test_an_owner_is_found_by_the_local_part(local: str) -> None:
    found = circle(person_of("customer", ["Anna Karimova"]), person_of("agent", ["Boris Falk"]), said=[])
    assert found.owner_of_mail(f"{local}@example.com") == 0
    assert found.owner_of_mail("info@example.com") is None


def test_a_person_of_an_earlier_version_keeps_the_number() -> None:
    given = (Entity(label="NAME", number=5, values=("Anna Karimova",), role="customer"),)
    assert texts(mask_together(["Ms. Karimova and Anna"], entities=given)) == ["Ms. [NAME_5] and [NAME_5]"]


def test_a_mail_that_is_spelled_out_tells_who_is_one_person() -> None:
    together = mask_together(
        ["I'm Anna. Write to anna dot karimova at gmail dot com.", "Thank you Ms. Karimova", "anna (dot) k [at] x.com"]
    )
    assert texts(together)[:2] == ["I'm [NAME_1]. Write to [EMAIL_1].", "Thank you Ms. [NAME_1]"]
    assert local_of("Anna (dot) K [at] x.com") == "anna.k"


def test_a_name_in_two_kazakh_cases_is_one_person() -> None:
    together = mask_together(["Дәуренге жазыңыз.", "Дәуреннің тапсырысы.", "Менің атым Дәурен"])
    assert texts(together) == ["[NAME_1] жазыңыз.", "[NAME_1] тапсырысы.", "Менің атым [NAME_1]"]


@pytest.mark.parametrize(
    "said",
    [
        ["Сабина писала", "Sabina wrote again"],
        ["Это Борис Еленков", "Boris Yelenkov wrote again"],
        ["мен ерболатпын. Ерболатқа жазыңыз"],
        ["My name is Anna Karimova", "Анне не ответили", "Ms. Karimova"],
        ["first name anna last name karimova"],
        ["имя: анна, фамилия: каримова"],
        ["Name: KARIMOVA / ANNA"],
        ["Меня зовут Жанар Жексенбаева", "Zhanar Zh. wrote"],
    ],
)
def test_one_person_has_one_number_in_whichever_letters_and_endings(said: list[str]) -> None:
    together = mask_together(said)
    assert [entity.placeholder for entity in together.entities] == ["[NAME_1]"]
    assert together.unsure == ()


def test_a_man_s_and_a_woman_s_surname_in_two_alphabets_are_apart_and_told() -> None:
    together = mask_together(["Это Каримов", "Ms Karimova wrote"])
    assert texts(together) == ["Это [NAME_1]", "Ms [NAME_2] wrote"]
    assert together.unsure == ("[NAME_2] may be [NAME_1]",)


def test_a_surname_before_the_full_name_is_a_mention_of_its_own() -> None:
    together = mask_together(["Mrs Smith, John Smith"], known=[Identity(role="customer", names=("John Smith",))])
    assert texts(together) == ["Mrs [NAME_1], [NAME_1]"]
