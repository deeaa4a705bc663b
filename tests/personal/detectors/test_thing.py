"""Devices, plates, stores, branches, couriers. English, Russian, Kazakh."""

import pytest

from casemill.personal import mask
from personal.finding import found, only


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("IMEI 490154203237518", "490154203237518"),
        ("phone 353879234252633 was stolen", "353879234252633"),
        ("serial number: F2LX90ABCD12", "F2LX90ABCD12"),
        ("серийный номер F2LX90ABCD12", "F2LX90ABCD12"),
        ("сериялық нөмірі F2LX90ABCD12", "F2LX90ABCD12"),
        ("MAC 00:1A:2B:3C:4D:5E", "00:1A:2B:3C:4D:5E"),
        ("device id 7f9c24e8-3b12-4fd7-9b7e-2c1a5b6d7e8f", "7f9c24e8-3b12-4fd7-9b7e-2c1a5b6d7e8f"),
    ],
)
def test_a_device_is_found(text: str, value: str) -> None:
    assert found(text) == only(value, "DEVICE")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("my plate is 123ABC02", "123ABC02"),
        ("license plate 7ABC123", "7ABC123"),
        ("123 ABC 02 is parked there", "123 ABC 02"),
        ("госномер А123ВС77", "А123ВС77"),
        ("көлік нөмірі 123 ABC 02", "123 ABC 02"),
    ],
)
def test_a_plate_is_found(text: str, value: str) -> None:
    assert found(text) == only(value, "PLATE")


@pytest.mark.parametrize(
    ("text", "value", "label"),
    [
        ("your store 114", "114", "STORE"),
        ("the store on Abay was closed", "Abay", "STORE"),
        ("магазин №12", "12", "STORE"),
        ("магазин на Ленина", "Ленина", "STORE"),
        ("12-дүкен", "12", "STORE"),
        ("branch 114", "114", "BRANCH"),
        ("отделение №12", "12", "BRANCH"),
        ("бөлімше №12", "12", "BRANCH"),
        ("5 нөмірлі бөлімше", "5", "BRANCH"),
        ("courier 4471", "4471", "COURIER"),
        ("курьер №4471", "4471", "COURIER"),
    ],
)
def test_whom_somebody_dealt_with_is_found(text: str, value: str, label: str) -> None:
    assert found(text) == only(value, label)


@pytest.mark.parametrize(
    "text",
    [
        "device has 2 ports",
        "serial production",
        "plate of 12 rolls",
        "registration takes 5 minutes",
        "store credit of 500",
        "two stores in 5 days",
        "у вас 5 филиалов в городе",
        "магазин закрыт 5 дней",
        "курьер приехал через 20 минут",
        "5 дүкен бар",
        "driver version 531.79",
        "build 7f9c24e8-3b12-4fd7-9b7e-2c1a5b6d7e8f",
    ],
)
def test_counts_versions_and_durations_are_nobodys(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        *("Bestellung 548921", "Bestellnummer: 548921", "commande n° 548921", "numéro de commande 548921"),
        *("pedido nº 548921", "número de pedido: 548921", "sipariş numaram 548921", "siparişim 548921"),
        *("замовлення № 548921", "订单号：548921", "我的订单号是548921，谢谢", "訂單 548921"),
    ],
)
def test_an_order_is_found_by_its_word_in_other_languages(text: str) -> None:
    assert found(text) == only("548921", "ORDER")


@pytest.mark.parametrize("text", ["commander 548921", "drei Bestellungen", "la commande du 3 mars"])
def test_no_order_is_found_where_none_is_told(text: str) -> None:
    assert found(text) == []


def test_a_branch_with_street_and_number_and_by_its_street_alone_is_one() -> None:
    assert mask("branch Abay 12, the Abay branch").text == "branch [BRANCH_1], the [BRANCH_1] branch"
    assert mask("branch Abay 12 or branch Abay 40?").text == "branch [BRANCH_1] or branch [BRANCH_2]?"
    assert mask("the Abay branch").text == "the Abay branch"


@pytest.mark.parametrize("text", ["store Number 12", "office Room 12", "the shop Monday 9", "office Suite 12"])
def test_everyday_words_name_no_branch(text: str) -> None:
    assert "BRANCH" not in mask(text).text
