"""URLs in text, and which stay: a company's help pages and the shelves of its shop. All others are somebody's."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from casemill.personal.context import lower
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
_HELP_HOSTS = listed("help support docs doc kb faq status wiki developer developers learn community guide guides")
_HELP_PLACES = listed(
    "article articles kb faq faqs help help-center helpcenter hc docs doc documentation knowledge knowledgebase "
    "knowledge-base support status guide guides manual manuals terms tos privacy policy policies legal returns return "
    "refund refunds shipping delivery warranty contact contacts about pricing plans tariffs careers news "
    "blog release-notes "
    "changelog api reference how-to howto tutorial tutorials pages page pomosh spravka"
)
_SHOP_PLACES = listed(
    "product products item items p dp category categories catalog catalogue collection collections sections sku goods "
    "store shop sale sales deals offers brand brands c katalog tovar"
)
_PUBLIC_PLACES = _HELP_PLACES | _SHOP_PLACES
_SOCIAL = re.compile(
    r"(?:^|\.)(?:linkedin|facebook|fb|instagram|t|wa|telegram|vk|twitter|x|tiktok|github|youtube|ok|threads)"
    r"\.(?:com|me|ru|net|org)$"
)
_LETTER = re.compile(r"[^\W\d_]")
_HARMLESS_QUERY = re.compile(r"(?:utm_\w+|lang|locale|hl|page|ref|source|tab|sort|view)=[\w.-]{0,40}$", re.IGNORECASE)
_OWN = re.compile(
    r"(?:\b(?:my|his|her|their|personal)\s+(?:own\s+)?(?:web\s?site|site|web\s?page|page|blog|home\s?page|profile"
    r"|portfolio)(?:\s+is)?|^\s*(?:web\s?site|home\s?page|сайт)|\bмой\s+(?:сайт|блог|профиль)|(?:сайтым"
    r"|парақшам))\s*:?\s*$",
    re.IGNORECASE | re.MULTILINE,
)


class Link(NamedTuple):
    """A URL by character offsets; `personal` when somebody could be found through it."""

    start: int
    end: int
    personal: bool


def links(text: str) -> Iterator[Link]:
    """Every URL with a scheme, `www.` or a path. A bare domain is no link, an e-mail address neither."""
    if "." in text and ("/" in text or "www." in lower(text)):
        yield from _links(text)


@lru_cache(maxsize=8)
def _links(text: str) -> tuple[Link, ...]:
    found: list[Link] = []
    for match in _LINK.finditer(text):
        url = _without_tail(match[0])
        owned = bool(_OWN.search(text[max(0, match.start() - 40) : match.start()].rpartition("\0")[2]))
        found.append(Link(match.start(), match.start() + len(url), owned or _is_personal(url)))
    return tuple(found)


def _without_tail(url: str) -> str:
    bare = url.rstrip(_TAIL)
    closing = url[len(bare) : len(bare) + 1] == ")" and bare.count("(") > bare.count(")")
    return bare + ")" if closing else bare


def on_hosts(text: str, hosts: frozenset[str]) -> Iterator[tuple[int, int]]:
    """The places of URLs on these hosts and the hosts below them, where the path and the query lead to nobody."""
    for link in links(text):
        host, segments, rest = _parts(text[link.start : link.end])
        labels = host.partition(":")[0].split(".")
        below = {".".join(labels[first:]) for first in range(len(labels))}
        if not below.isdisjoint(hosts) and not _leads_to_somebody(host, segments, rest=rest):
            yield link.start, link.end


def _parts(url: str) -> tuple[str, list[str], tuple[str, str]]:
    """The host in lower case, the segments of the path, the query and the fragment."""
    head, _, fragment = (url.partition("://")[2] or url).partition("#")
    head, _, query = head.partition("?")
    host, _, path = head.partition("/")
    return host.lower(), [part for part in path.split("/") if part], (query, fragment)


def _is_personal(url: str) -> bool:
    host, segments, rest = _parts(url)
    return not _is_public(host, segments) or _leads_to_somebody(host, segments, rest=rest)


def _leads_to_somebody(host: str, segments: list[str], *, rest: tuple[str, str]) -> bool:
    query, fragment = rest
    return (
        "@" in host
        or any(not _HARMLESS_QUERY.match(part) for part in query.split("&") if part)
        or "=" in fragment
        or _is_token(fragment)
        or _personal_path(host, segments)
    )


def _is_public(host: str, segments: list[str]) -> bool:
    """Whether the host or the path says that everybody is shown the same."""
    if not _LETTER.search(host):
        return False
    labels = host.partition(":")[0].split(".")
    return not _HELP_HOSTS.isdisjoint(labels[:-2]) or any(
        part.lower().partition(".")[0] in _PUBLIC_PLACES for part in segments
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
