"""HTML becomes the text a person saw: no scripts, styles, comments or hidden parts."""

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_DROPPED = frozenset(
    {"script", "style", "noscript", "template", "head", "title", "iframe", "object", "embed", "svg", "math"}
    | {"textarea", "select", "audio", "video"}
)
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "fieldset", "figure", "footer"}
    | {"form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section"}
    | {"table", "tbody", "thead", "tr", "ul"}
)
_PARAGRAPHS = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table", "ul", "ol", "pre"])
_MARKUP = re.compile(r"\s*<(?:!doctype|!--|[a-z][a-z0-9]*[\s/>]).*>\s*", re.IGNORECASE | re.DOTALL)
_CLOSED = re.compile(r"</[a-z][a-z0-9]*\s*>|<br\s*/?>|<img\b", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def is_html(text: str) -> bool:
    """Whether a text is markup from its first to its last character; a sentence that mentions a tag is not."""
    return text[:300].lstrip().startswith("<") and bool(_MARKUP.fullmatch(text)) and bool(_CLOSED.search(text))


def html_text(html: str) -> str:
    """The visible text: blocks on lines of their own, links' words kept, entities decoded."""
    from selectolax.lexbor import LexborHTMLParser

    root = LexborHTMLParser(html).root
    if root is None:
        return ""
    pieces: list[str] = []
    # An own stack: mail clients nest tables deeper than Python recurses.
    stack: list[tuple[Any, bool]] = [(root, True)]
    while stack:
        node, entering = stack.pop()
        if not entering:
            _leave(node, pieces)
            continue
        if _enter(node, pieces):
            stack.append((node, False))
            stack.extend((child, True) for child in reversed(_children(node)))
    return _tidy("".join(pieces))


def _children(node: "LexborNode") -> list["LexborNode"]:
    found = []
    child = node.child
    while child is not None:
        found.append(child)
        child = child.next
    return found


def _enter(node: "LexborNode", pieces: list[str]) -> bool:
    """Write what a node begins with; false when nothing below it is seen."""
    if node.is_text_node:
        pieces.append(_folded(node))
        return False
    tag = node.tag
    if tag in _DROPPED or not node.is_element_node or _hidden(node):
        return False
    if tag == "br":
        pieces.append("\n")
    elif tag in _BLOCKS:
        pieces.append("\n\n" if tag in _PARAGRAPHS else "\n")
        if tag == "li":
            pieces.append("- ")
    elif tag in ("td", "th"):
        pieces.append("\t")
    return True


def _leave(node: "LexborNode", pieces: list[str]) -> None:
    if node.tag in _BLOCKS:
        pieces.append("\n\n" if node.tag in _PARAGRAPHS else "\n")


def _hidden(node: "LexborNode") -> bool:
    attributes = node.attributes
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))


def _folded(node: "LexborNode") -> str:
    text = node.text_content or ""
    parent = node.parent
    return text if parent is not None and parent.tag == "pre" else re.sub(r"[ \t\r\n]+", " ", text)


def _tidy(text: str) -> str:
    lines = [re.sub(r"[ \t]{2,}", " ", line.replace("\xa0", " ")).strip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
