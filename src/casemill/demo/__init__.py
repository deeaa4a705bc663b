"""A packaged shop to try casemill on: its tickets, its articles, its support bot in two versions, and the whole road.

Borsuq sells kettles, lamps, power stations and tents. Everyone in it is invented.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from casemill.doors import lazy_door

if TYPE_CHECKING:
    from casemill.demo.play import walk as walk

__getattr__: Callable[[str], Any] = lazy_door(__name__, {"walk": "casemill.demo.play:walk"})
__all__ = ["walk"]
