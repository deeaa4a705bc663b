"""Macros: from the helpdesk's export to articles, and from a note's `Resolved per macro 47` to the macro."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from casemill.domain.article import Article
from casemill.domain.ticket import Macro
from casemill.ingest.html import html_text
from casemill.ingest.values import moment, plain

_MENTIONED = re.compile(r"\b(?:macro|макрос[а-я]*)\s*(?:id|no\.?|number|номер)?\s*[#№:]?\s*(\d+)\b", re.IGNORECASE)


def mentioned(text: str) -> str | None:
    """The last macro number that a note names; None when it names none."""
    found = _MENTIONED.findall(text)
    return found[-1] if found else None


def article_of(macro: Mapping[str, Any]) -> Article:
    """A Zendesk macro as an article: the texts that it writes into a ticket, its last change as the revision."""
    actions = macro.get("actions")
    said = [_said(action.get("value")) for action in (actions if isinstance(actions, list) else ()) if _writes(action)]
    return Article(
        kind="macro",
        id=str(macro["id"]),
        revision=str(macro.get("updated_at") or ""),
        title=plain(macro.get("title") or macro.get("raw_title")),
        text="\n\n".join(dict.fromkeys(text for text in said if text)),
        updated_at=moment(macro.get("updated_at")),
    )


def knowledge_of(article: Mapping[str, Any]) -> Article:
    """An article of a Zendesk help centre; its last edit is the revision, which votes and labels do not move."""
    edited = article.get("edited_at") or article.get("updated_at")
    return Article(
        kind="article",
        id=str(article["id"]),
        revision=str(edited or ""),
        title=plain(article.get("title") or article.get("name")),
        text=plain(html_text(str(article.get("body") or ""))),
        updated_at=moment(edited),
    )


def _writes(action: Any) -> bool:
    return isinstance(action, Mapping) and action.get("field") in ("comment_value", "comment_value_html")


def _said(value: Any) -> str:
    """`["channel:all", "text"]` or the text alone."""
    return plain(value[-1] if isinstance(value, list) and value else value)


def macro_of(article: Article) -> Macro:
    return Macro(id=article.id, title=article.title, text=article.text, revision=article.revision or None)


def numbered(number: str, macros: Iterable[Macro]) -> Macro | None:
    """The macro that people call by a number: its id, else the number before a colon in its title."""
    known = list(macros)
    by_id = (macro for macro in known if macro.id == number)
    by_title = (macro for macro in known if re.match(rf"\s*#?{number}\s*[:.\-–—)]", macro.title))
    return next(by_id, None) or next(by_title, None)
