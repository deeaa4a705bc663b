"""Orders, tickets, and other numbers that the word beside them explains. English, Russian, Kazakh."""

import pytest

from personal.finding import found, only


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Aidos, order 548921, the courier did not arrive on May 12", "548921"),
        ("Order 18452 from 03.11 for 12,990 tenge", "18452"),
        ("ORDER NO. 548921", "548921"),
        ("order number is: 548921", "548921"),
        ("my order #W1234567!", "#W1234567"),
        ("#W1234567 is late", "#W1234567"),
        ('{"order_id": "W1234567"}', "W1234567"),
        ("заказ № 548921 от 3 ноября на 12 990 тенге", "548921"),
        ("Номер заказа: 548921", "548921"),
        ("моего заказа 548921 нет", "548921"),
        ("тапсырыс 548921 келмеді", "548921"),
        ("548921 нөмірлі тапсырыс", "548921"),
        ("тапсырыс нөмірі 548921", "548921"),
        ("накладная №548921", "548921"),
        ("reservation FQ8APE", "FQ8APE"),
        ("reservation ID is XEWRDQ", "XEWRDQ"),
        ("booking ref HATHAT", "HATHAT"),
        ("бронь FQ8APE", "FQ8APE"),
        ("confirmation code? It's JMO1MG.", "JMO1MG"),
        ("tracking number 745984883162", "745984883162"),
    ],
)
def test_an_order_is_known_by_the_word_beside_it(text: str, value: str) -> None:
    assert found(text) == only(value, "ORDER")


@pytest.mark.parametrize(
    "text",
    [
        "my order 2024 was fine",
        "order 2 pizzas",
        "order 500 units",
        "an order for 12,990 tenge",
        "order from 12.05.2024",
        "заказ на 12 990 тенге",
        "order item 4602305039",
        "ordered 548921",
        "a reservation STATUS page",
        "order KB-1042",
        "3 items in the order",
        "ordering costs $4599",
        "осы айда 120 тапсырыс түсті",
        "promo code WELCOME2026",
    ],
)
def test_years_amounts_and_quantities_are_never_orders(text: str) -> None:
    assert found(text) == []


def test_a_list_of_orders_is_a_list() -> None:
    text = "orders #W2378156, #W4776164 and 548922; or\n1. W6679257\n2. W6679258"
    assert [value for value, _ in found(text)] == [*("#W2378156", "#W4776164", "548922", "W6679257", "W6679258")]
    assert [value for value, _ in found("Reservations you have:\n\n1. UM3OG5\n2. 5RJ7UH\n- IIHXDG")] == [
        *("UM3OG5", "5RJ7UH", "IIHXDG")
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ticket 884512", "884512"),
        ("Ticket #4471", "#4471"),
        ("case number 00123456", "00123456"),
        ("request id: REQ-88451", "REQ-88451"),
        ("обращение 884512", "884512"),
        ("номер обращения: 4471", "4471"),
        ("заявка № 88451", "88451"),
        ("4471 нөмірлі өтініш", "4471"),
        ("өтініш нөмірі 4471", "4471"),
        ("claim UYT789456789", "UYT789456789"),
    ],
)
def test_a_ticket_is_known_by_the_word_beside_it(text: str, value: str) -> None:
    assert found(text) == only(value, "TICKET")


@pytest.mark.parametrize(
    "text",
    [
        "in case 404 comes back",
        "3 tickets for the show",
        "two tickets at $1500",
        "article KB-1042",
        "осы айда 200 өтініш",
    ],
)
def test_what_is_counted_is_no_ticket(text: str) -> None:
    assert found(text) == []
