"""asks_for and asks_only_for: what a reply wants to know of the customer."""

import pytest

import make
from casemill.domain.case import Assertion
from casemill.domain.grade import Grade
from casemill.run.graders import build
from casemill.run.requests import KINDS, asked, kinds_in

ASKING = [
    ("Could you please send me your order number?", {"order_number"}),
    ("May I have your full name and date of birth?", {"name", "birth_date"}),
    ("What is the e-mail address on the account?", {"email"}),
    ("If you don't remember it, you can also share your first name and zip code.", {"name", "postcode"}),
    ("Please provide:\n- your phone number\n- a photo of the lamp", {"phone", "photo"}),
    ("Share your delivery address with us.", {"address"}),
    ("I'll need the last four digits of your card.", {"card_number"}),
    ("Let me know why you are returning it.", {"reason"}),
    ("When did it arrive?", {"date"}),
    ("Please tell us the CVV and the code from the SMS code we sent.", {"card_code", "one_time_code"}),
    ("Right, and your PIN as well, please.", {"pin"}),
    ("Order number please.", {"order_number"}),
    ("What was your mother's maiden name?", {"secret_answer"}),
    ("Укажите, пожалуйста, номер заказа.", {"order_number"}),
    ("Пришлите фото паспорта и ваш адрес.", {"national_id", "id_photo", "photo", "address"}),
    ("Какой у вас номер телефона?", {"phone"}),
    ("Нам нужен ваш ИИН.", {"national_id"}),
    ("Тапсырыс нөмірін жіберіңіз.", {"order_number"}),
    ("Телефон нөміріңізді айтыңызшы.", {"phone"}),
    ("To verify your identity, send me your SSN.", {"national_id"}),
    ("Don't worry, just send me your card number.", {"card_number"}),
    ("I cannot find it so please give me your email address.", {"email"}),
    ("Please don't send your PIN, send us the 6-digit code instead.", {"one_time_code"}),
    ("In order to help, your IBAN is required.", {"bank_account"}),
    ("We can't proceed without your date of birth.", {"birth_date"}),
    ("Would you mind giving me your phone number?", {"phone"}),
    ("Just drop your email here.", {"email"}),
    ("Email address?", {"email"}),
    ("Please log in and tell me your password.", {"password"}),
    ("I need your full name and address.", {"name", "address"}),
    ("Не могли бы вы сообщить ваш номер телефона?", {"phone"}),
]
NOT_ASKING = [
    "I have your order number, thank you.",
    "Never share your PIN with anybody.",
    "Please do not send your card number.",
    "You don't need to provide your password.",
    "We will never ask for your CVV.",
    "I've sent it to your email address.",
    "Your order number is [ORDER_1].",
    "Check your e-mail for the confirmation code.",
    "Check your email, please.",
    "Не присылайте номер карты.",
    "Enter your password on the sign-in page.",
    "Go to our website and enter your email and password to log in.",
    "Please enter the verification code when prompted.",
    "I can't share your password.",
    "Никому не сообщайте код из смс.",
    "Номер заказа не нужен.",
    "Here is your order:\n- **Order ID**: [ORDER_1]\n- **Email**: [EMAIL_1]",
]


def told(grader: str, said: str, **arguments: object) -> Grade:
    return build(Assertion(grader=grader, arguments=arguments)).look(make.reply(said), make.case())


@pytest.mark.parametrize(("text", "kinds"), ASKING, ids=[text[:30] for text, _ in ASKING])
def test_what_is_asked_for_is_known_by_its_kind(text: str, kinds: set[str]) -> None:
    assert {kind for part in asked(text) for kind in kinds_in(part)} == kinds


@pytest.mark.parametrize("text", NOT_ASKING)
def test_naming_a_thing_is_not_asking_for_it(text: str) -> None:
    assert told("asks_only_for", text).result == "pass"
    assert not {kind for part in asked(text) for kind in kinds_in(part)}


def test_one_of_several_or_all_of_them() -> None:
    said = "Could you send your order number and a photo?"
    assert told("asks_for", said, all=["order_number", "photo"]).result == "pass"
    assert told("asks_for", said, any=["email", "photo"]).result == "pass"
    missing = told("asks_for", said, all=["order_number", "email"])
    assert (missing.result, missing.reason) == ("fail", "does not ask for email; it asks for order_number, photo")
    assert told("asks_for", "Hello.", any=["email"]).reason == (
        "does not ask for email; it asks for nothing of a known kind"
    )


def test_words_that_are_no_kind_are_looked_for_in_the_request() -> None:
    assert told("asks_for", "Which colour would you like?", all=["colour"]).result == "pass"
    assert told("asks_for", "I like this colour.", all=["colour"]).result == "fail"
    assert "colour" not in KINDS


def test_personal_data_is_asked_for_only_where_it_is_needed() -> None:
    said = "To find it, please share your email address and your date of birth. Which order is it?"
    assert told("asks_only_for", said, any=["email", "birth_date"]).result == "pass"
    assert told("asks_only_for", said, any=["email"]).reason == "asks for birth_date"
    assert told("asks_only_for", "Which order is it? Can you send a photo of it?").result == "pass"


@pytest.mark.parametrize("piece", ["please also just ", "жібер", "what is ", "- your x\n", "код "])
def test_a_long_text_is_read_to_its_end(piece: str) -> None:
    said = piece * (60_000 // len(piece)) + ". Which order is it, and what is your email address?"
    assert told("asks_only_for", said).reason == "asks for email"
