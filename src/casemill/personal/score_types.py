"""The types that gold files write: what family each is of, and whether it must go, must stay or neither."""

from typing import Literal

from casemill.personal.words import listed

Duty = Literal["go", "stay", "either"]

# A family, the names that schemes of others and ours give to it, and what is asked of it where the file does not say.
_FAMILIES: tuple[tuple[str, Duty, str], ...] = (
    (
        "PERSON",
        "go",
        "PERSON PER NAME PERSON_NAME FIRST_NAME LAST_NAME FULL_NAME GIVEN_NAME SURNAME FIRSTNAME LASTNAME "
        "PATRONYMIC NAME_STUDENT AGENT_NAME PATIENT DOCTOR STAFF HCW",
    ),
    ("EMAIL", "go", "EMAIL EMAIL_ADDRESS E_MAIL"),
    ("PHONE", "go", "PHONE PHONE_NUMBER PHONE_NUM TELEPHONE TELEPHONENUM FAX PHONE_PART"),
    ("ADDRESS", "go", "ADDRESS STREET_ADDRESS STREET HOUSE ADDR BUILDING BUILDINGNUM STREET_NAME STORE BRANCH"),
    ("ZIP", "go", "ZIP ZIP_CODE ZIPCODE POSTCODE POSTAL_CODE INDEX"),
    ("CARD", "go", "CARD CREDIT_CARD CREDIT_CARD_NUMBER CREDITCARDNUMBER CARD_NUMBER DEBIT_CARD PAN"),
    ("CARD_LAST4", "go", "CARD_LAST4 LAST4 LAST_FOUR DOCUMENT_LAST4"),
    ("IBAN", "go", "IBAN IBAN_CODE"),
    (
        "NATIONAL",
        "go",
        "IIN BIN SSN US_SSN SOCIALNUM PASSPORT US_PASSPORT US_DRIVER_LICENSE DRIVER_LICENSE DRIVERLICENSENUM "
        "GOV_ID NATIONAL_ID ID_CARD IDCARDNUM TAXNUM TAX_ID US_ITIN UK_NHS NHS INN SNILS NATIONAL_NUMBER",
    ),
    (
        "NUMBER",
        "go",
        "ORDER ORDER_ID ACCOUNT ACCOUNT_NUMBER ACCOUNTNUM US_BANK_NUMBER TICKET RESERVATION_ID BOOKING_ID CLAIM_ID "
        "POLICY_ID PAYMENT_ID USER_ID CUSTOMER_ID MEMBER_ID TRACKING ID ID_NUM MRN MEDICAL_RECORD",
    ),
    ("USERNAME", "go", "USERNAME USER_NAME LOGIN HANDLE NICK"),
    ("SECRET", "go", "SECRET PASSWORD PIN CVV TOKEN API_KEY"),
    ("IP", "go", "IP IP_ADDRESS IPV4 IPV6 MAC MAC_ADDRESS"),
    ("URL", "go", "URL DOMAIN_NAME URL_PERSONAL"),
    ("DOB", "go", "DOB DATE_OF_BIRTH BIRTHDAY BIRTHDATE DATEOFBIRTH"),
    ("DEVICE", "go", "DEVICE IMEI DEVICE_ID SERIAL"),
    ("PLATE", "go", "PLATE LICENSE_PLATE VEHICLE_PLATE CAR_PLATE"),
    ("DATE", "stay", "DATE DATE_TIME DATETIME TIME DURATION DEADLINE"),
    (
        "FACT",
        "stay",
        "AMOUNT MONEY PRICE CURRENCY PERCENT PERCENTAGE QUANTITY CARDINAL ORDINAL STATUS ERROR_CODE ARTICLE PLAN "
        "PRODUCT AGE",
    ),
    ("PLACE", "either", "PLACE GPE LOC LOCATION CITY STATE COUNTRY TRAVEL_CITY LOCORG COUNTY FACILITY FAC"),
    ("ORG", "either", "ORG ORGANIZATION ORGANISATION COMPANY CORPORATION GROUP ORGANIZATION_NAME HOSPITAL"),
    ("OTHER", "either", "TITLE NRP NORP MISC OTHER PRF EVENT WORK_OF_ART CREATIVE_WORK LAW LANGUAGE"),
)
_KNOWN = {name: (family, duty) for family, duty, names in _FAMILIES for name in names.split()}
_NUMBERS = listed("NUMBER NATIONAL USERNAME CARD CARD_LAST4 IBAN PHONE DEVICE PLATE SECRET")
# Which families a label of ours may touch and be right; a label that is not here: its own family.
_RIGHT = {
    "NAME": frozenset({"PERSON"}),
    "ADDRESS": frozenset({"ADDRESS", "ZIP", "PLACE"}),
    "PLACE": frozenset({"PLACE", "ADDRESS"}),
    "ZIP": frozenset({"ZIP", "ADDRESS"}),
    "EMAIL": frozenset({"EMAIL", "USERNAME"}),
    "URL": frozenset({"URL", "EMAIL"}),
    "DOB": frozenset({"DOB", "DATE"}),
    **dict.fromkeys(("ORDER", "ACCOUNT", "TICKET", "USERNAME", "PASSPORT", "IIN", "SSN", "DEVICE", "PLATE"), _NUMBERS),
    **dict.fromkeys(("CARD", "CARD_LAST4", "IBAN", "SECRET"), _NUMBERS),
    "PHONE": frozenset({"PHONE", "NUMBER"}),
}


def family_of(kind: str) -> str:
    """The family of a type, in whatever letters it is written; a type that nobody here knows is OTHER."""
    return _KNOWN.get(_plain(kind), ("OTHER", "either"))[0]


def duty_of(kind: str, pii: bool | None) -> Duty:
    """What is asked of a gold span: its own `pii` decides, else its type."""
    if pii is not None:
        return "go" if pii else "stay"
    return _KNOWN.get(_plain(kind), ("OTHER", "either"))[1]


def is_right(label: str, kind: str) -> bool:
    """Whether our label on a span of this gold type is no mistake."""
    return family_of(kind) in _RIGHT.get(label, {family_of(label)})


def families() -> tuple[tuple[str, Duty, tuple[str, ...]], ...]:
    """The table: family, what is asked of it, the types of it."""
    return tuple((family, duty, tuple(names.split())) for family, duty, names in _FAMILIES)


def _plain(kind: str) -> str:
    return kind.strip().upper().replace("-", "_").replace(" ", "_")
