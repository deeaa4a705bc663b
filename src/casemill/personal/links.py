"""URLs in text, and which of them lead to a person: a token, a query, a user or order page."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from casemill.personal.words import listed

_LINK = re.compile(
    r"(?<![\w@/.-])(?:(?:https?|ftp)://|www\.|(?:[a-z0-9-]{1,63}+\.){1,5}[a-z]{2,24}/)[^\s<>\"'`\[\]{}|\\^\0]++",
    re.IGNORECASE,
)
_TAIL = ".,;:!?*_)»”’"
_PERSONAL_PLACES = listed(
    "user users u profile profiles account accounts customer customers client clients member members people order "
    "orders track tracking parcel shipment invoice invoices receipt ticket tickets request requests case cases "
    "reset verify confirm activate invite unsubscribe token session sessions booking bookings reservation "
    "reservations conversation conversations share file files upload uploads attachments card cards payment "
    "payments"
)
_PUBLIC_PLACES = listed(
    "article articles kb faq help hc docs doc blog news product products item items p dp category categories "
    "catalog collections sections sku goods store shop support page pages terms policy policies"
)
_SOCIAL = re.compile(
    r"(?:^|\.)(?:linkedin|facebook|fb|instagram|t|wa|telegram|vk|twitter|x|tiktok|github|youtube|ok|threads)"
    r"\.(?:com|me|ru|net|org)$"
)
_HARMLESS_QUERY = re.compile(r"(?:utm_\w+|lang|locale|hl|page|ref|source|tab|sort|view)=[\w.-]{0,40}$", re.IGNORECASE)
_OWN = re.compile(
    r"(?:\b(?:my|his|her|their|personal)\s+(?:own\s+)?(?:web\s?site|site|web\s?page|page|blog|home\s?page|profile"
    r"|portfolio)(?:\s+is)?|^\s*(?:web\s?site|home\s?page|сайт)|\bмой\s+(?:сайт|блог|профиль)|(?:сайтым|парақшам))\s*:?\s*$",
    re.IGNORECASE | re.MULTILINE,
)


class Link(NamedTuple):
    """A URL by character offsets; `personal` when somebody could be found through it."""

    start: int
    end: int
    personal: bool


def links(text: str) -> Iterator[Link]:
    """Every URL with a scheme, `www.` or a path. A bare domain is no link, an e-mail address neither."""
    if "." not in text or not ("/" in text or "www." in text.lower()):
        return
    for match in _LINK.finditer(text):
        url = _without_tail(match[0])
        owned = bool(_OWN.search(text[max(0, match.start() - 40) : match.start()].rpartition("\0")[2]))
        yield Link(match.start(), match.start() + len(url), owned or _is_personal(url))


def _without_tail(url: str) -> str:
    bare = url.rstrip(_TAIL)
    closing = url[len(bare) : len(bare) + 1] == ")" and bare.count("(") > bare.count(")")
    return bare + ")" if closing else bare


def _is_personal(url: str) -> bool:
    rest = url.partition("://")[2] or url
    head, _, fragment = rest.partition("#")
    head, _, query = head.partition("?")
    host, _, path = head.partition("/")
    return (
        "@" in host
        or not re.search(r"[a-z]", host, re.IGNORECASE)
        or any(not _HARMLESS_QUERY.match(part) for part in query.split("&") if part)
        or "=" in fragment
        or _is_token(fragment)
        or _personal_path(host.lower(), [part for part in path.split("/") if part])
    )


def _personal_path(host: str, segments: list[str]) -> bool:
    if segments and _SOCIAL.search(host):
        return True
    previous = ""
    for segment in segments:
        place = segment.lower()
        if place.startswith(("~", "@")) or previous in _PERSONAL_PLACES or "@" in place or "%40" in place:
            return True
        if previous not in _PUBLIC_PLACES and (_is_token(segment) or re.search(r"[0-9]{5,}", segment)):
            return True
        previous = place
    return False


def _is_token(text: str) -> bool:
    """Long, letters and digits mixed: nobody typed it."""
    plain = re.sub(r"[^A-Za-z0-9]", "", text)
    return len(plain) >= 16 and sum(sign.isdigit() for sign in plain) >= 4 and not re.search(r"[a-z]{8}", plain)
