"""One reply in the making: the chat, the shop, the version's phrases, and what the reply carries."""

import re
import tomllib
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, NamedTuple

from casemill.demo.chat import Chat
from casemill.demo.library import Found, Revision, all_revisions, look_up, newest_revisions, short_answer
from casemill.demo.shop_desk import ShopDesk


class Version(NamedTuple):
    """A version of the bot and what it takes care of."""

    number: int
    newest_articles_only: bool = False
    whole_chat: bool = False
    kazakh: bool = False
    heeds_plan: bool = False


class Talk:
    """What the moves of both versions work on."""

    def __init__(self, version: Version, chat: Chat) -> None:
        self.version = version
        self.chat = chat
        self.shop = ShopDesk(chat.context)
        self.language = chat.language(kazakh=version.kazakh)
        self.citations: list[str] = []
        self.intents: list[str] = []
        self.confidence = 0.9
        self.draft_shown = True

    @cached_property
    def order(self) -> str | None:
        """The order the customer speaks of: the last one named, or the first for who doesn't read the whole chat."""
        orders = self.chat.orders
        return (orders[-1] if self.version.whole_chat else orders[0]) if orders else None

    @property
    def articles(self) -> tuple[Revision, ...]:
        return newest_revisions() if self.version.newest_articles_only else all_revisions()

    def intents_in(self, text: str) -> tuple[str, ...]:
        """The intents whose words stand in a text, in the order of the list."""
        return tuple(name for name, pattern in _intents(self.version.number).items() if pattern.search(text))

    def look_up(self, question: str) -> Found | None:
        return look_up(question, self.articles)

    def cite(self, article: Revision) -> str:
        """The short answer of an article, cited."""
        if article.name not in self.citations:
            self.citations.append(article.name)
        plan = self.chat.plan if self.version.heeds_plan else "Plus"
        return short_answer(article, language=self.language, plan=plan)

    def article(self, id: str) -> str:
        return self.cite(next(article for article in self.articles if article.id == id))

    def say(self, key: str, **fields: Any) -> str:
        """A phrase in the chat's language; a name in braces that nobody filled stays as it is."""
        phrases = _phrases(self.version.number)[self.language]
        about = phrases["about"].format(order=self.order) if self.order else ""
        return phrases[key].format_map(_Left({"order": self.order, "about": about} | fields))

    def reply(self, text: str) -> dict[str, Any]:
        """The fields of a Reply."""
        return {
            "text": text,
            "calls": self.shop.calls,
            "citations": self.citations,
            "confidence": self.confidence,
            "intent": self.intents[0] if self.intents else "other",
            "escalated": any(call["name"] == "escalate" for call in self.shop.calls),
            "draft_shown": self.draft_shown,
        }


class _Left(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((files("casemill.demo") / "shop" / "bot" / name).read_text(encoding="utf-8"))


@cache
def _phrases(number: int) -> dict[str, dict[str, str]]:
    first = _table("replies@1.toml")
    if number == 1:
        return first
    return {language: first.get(language, {}) | second for language, second in _table("replies@2.toml").items()}


@cache
def _intents(number: int) -> dict[str, re.Pattern[str]]:
    """A pattern for each intent that this version knows."""
    return {
        name: re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, table["words"])) + ")", re.IGNORECASE)
        for name, table in _table("intents.toml").items()
        if table.get("since", 1) <= number <= table.get("until", number)
    }
