"""Who speaks under a label: `You`, `Bot`, `Клиент`, `Virtual Assistant`, a person's name."""

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

Speaker = Literal["customer", "assistant", "agent"]

FIRST_PERSONS = frozenset({"you", "me", "i", "я", "вы", "мен", "сіз"})
CUSTOMER_LABELS = FIRST_PERSONS | frozenset(
    {"customer", "client", "user", "end user", "end-user", "visitor", "guest", "human", "requester"}
    | {"caller", "buyer", "клиент", "пользователь", "покупатель", "посетитель", "гость"}
)
AGENT_LABELS = frozenset(
    {"agent", "support", "operator", "representative", "rep", "specialist", "advisor", "manager", "support agent"}
    | {"customer support", "customer service", "human agent", "live agent", "supervisor", "staff", "support team"}
    | {"оператор", "агент", "поддержка", "специалист", "менеджер", "сотрудник", "служба поддержки", "консультант"}
)
_MACHINE = re.compile(
    r"\b(?:ai|a\.i\.|bot|[a-z]*bot|assistant|gpt|chatgpt|copilot|llm|ии|бот|[а-я]+бот|чат-бот|ассистент|"
    r"помощник|автоответчик|көмекші)\b",
    re.IGNORECASE,
)
_QUALITIES = frozenset(
    {"a", "ai", "answer", "automated", "chat", "customer", "digital", "help", "online", "service", "shop", "smart"}
    | {"store", "support", "the", "virtual", "voice", "ии", "виртуальный", "голосовой", "онлайн", "умный", "чат"}
)
_NUMBERED = re.compile(r"(?:web user|visitor|guest|user|customer|client|клиент|посетитель|гость)\s*[#№]?\s*[0-9a-f]+")
_TRIMMED = re.compile(r"[*_`«»\"']+|\s*\([^)]*\)$")


class Cast(NamedTuple):
    """The names a payload gives, each as a set of casefolded words, by whose they are."""

    customers: tuple[frozenset[str], ...] = ()
    agents: tuple[frozenset[str], ...] = ()
    bots: tuple[frozenset[str], ...] = ()


def cast_of(customers: Iterable[str] = (), *, agents: Iterable[str] = (), bots: Iterable[str] = ()) -> Cast:
    """A cast from whole names (or e-mail addresses); empty names are left out."""
    return Cast(*(tuple(words for name in names if (words := words_of(name))) for names in (customers, agents, bots)))


def words_of(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+", name.casefold()))


def is_machine(name: str) -> bool:
    """Whether an account is named as a machine is: AI Assistant, Answer Bot, Чат-бот."""
    return bool(_MACHINE.search(name))


def _is_machine_label(label: str) -> bool:
    """`Virtual Assistant`, `online бот`, `Acme Bot`; not the beginning of a sentence as in `told the bot: …`."""
    words = label.split()
    return is_machine(label) and all(
        word[:1].isupper() or word.casefold() in _QUALITIES or len(words) == 1 for word in words
    )


def speaker_of(label: str, cast: Cast = Cast()) -> Speaker | None:  # noqa: B008 - an empty tuple of tuples
    """Whose a label is; None when neither the label nor the cast tells."""
    trimmed = " ".join(_TRIMMED.sub("", label.strip()).split())
    plain = trimmed.casefold()
    said = words_of(plain)
    if said and said in cast.bots:
        return "assistant"
    if plain in CUSTOMER_LABELS or _NUMBERED.fullmatch(plain):
        return "customer"
    if plain in AGENT_LABELS:
        return "agent"
    return _by_name(said, cast) or _by_kind(trimmed)


def _by_kind(label: str) -> Speaker | None:
    """`Virtual Assistant`, `Agent Dan`."""
    if _is_machine_label(label):
        return "assistant"
    first, _, name = label.partition(" ")
    return "agent" if name[:1].isupper() and " " not in name and first.casefold() in AGENT_LABELS else None


def _by_name(said: frozenset[str], cast: Cast) -> Speaker | None:
    """A whole name first, then a part of one (`Keiko` for `Keiko Schmitt`); the customer wins a tie."""
    if not said:
        return None
    if said in cast.customers:
        return "customer"
    if said in cast.agents:
        return "agent"
    if any(said < name for name in cast.customers):
        return "customer"
    return "agent" if any(said < name for name in cast.agents) else None
