"""One door to a model and to any other endpoint that many calls fly to: retries, limits, the OpenAI-compatible form."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from casemill.doors import lazy_door

if TYPE_CHECKING:
    from casemill.llm.together import together as together

__getattr__: Callable[[str], Any] = lazy_door(__name__, {"together": "casemill.llm.together:together"})
__all__ = ["together"]
