"""A thing that is called after somebody is told by its neighbours; somebody who is spoken to is no thing."""

import pytest

from casemill import mask


@pytest.mark.parametrize(
    "text",
    [
        "My iPhone 15 Pro Max is dead",
        "Plan Max vs Plan Pro",
        "Grace period is 3 days",
        "during Ramadan delivery takes 5 days",
        "Levi jeans came torn",
        "I bought the Victoria sofa and Amelia lamp",
        "The Joy plan and Hope bundle cost $5",
        "Redmi Note 12, Mate 60 Pro arrived",
        "Тариф «Алия» стоит 4 990 ₸",
    ],
)
def test_products_plans_and_seasons_stay(text: str) -> None:
    assert mask(text).text == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("hi Anna shoes arrived torn", "hi [NAME_1] shoes arrived torn"),
        ("Thanks Maria plan changed", "Thanks [NAME_1] plan changed"),
        ("Max plans to return it", "[NAME_1] plans to return it"),
        ("Could Anna model it", "Could [NAME_1] model it"),
        ("the plan Anna sent me", "the plan [NAME_1] sent me"),
        ("диван Виктории не пришёл", "диван [NAME_1] не пришёл"),
        ("Anna, sofa is late", "[NAME_1], sofa is late"),
    ],
)
def test_people_go_whatever_stands_behind_them(text: str, masked: str) -> None:
    assert mask(text).text == masked
