"""People, addresses, places and organizations by a trained linear-chain tagger; runs with numpy alone.

`tag(texts)` reads many texts at once. Structured values and placeholders come covered by NUL characters, so that a
covered value is one word to it. Models: Latin and Cyrillic letters; the lines of a text choose by their own letters.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from casemill.doors import lazy_door

if TYPE_CHECKING:
    from casemill.personal.tagger.tagging import Tagging as Tagging
    from casemill.personal.tagger.tagging import tag as tag

__getattr__: Callable[[str], Any] = lazy_door(
    __name__,
    {"Tagging": "casemill.personal.tagger.tagging:Tagging", "tag": "casemill.personal.tagger.tagging:tag"},
)
__all__ = ["Tagging", "tag"]
