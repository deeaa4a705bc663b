"""casemill turns support tickets into eval cases, and eval cases into a gate.

`casemill.mask(text, known=[...])` is the anonymizer as a plain function; everything else is a command.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from casemill.doors import lazy_door

__version__ = "0.1.0"

if TYPE_CHECKING:
    from casemill.personal import mask as mask

__getattr__: Callable[[str], Any] = lazy_door(__name__, {"mask": "casemill.personal.masking:mask"})
__all__ = ["__version__", "mask"]
