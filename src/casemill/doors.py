"""The lazy table at the door of each room (PEP 562): a verb's module is imported when the verb is first asked for."""

from collections.abc import Callable
from importlib import import_module
from typing import Any


def lazy_door(room: str, table: dict[str, str]) -> Callable[[str], Any]:
    """A module `__getattr__` for `room`; `table` maps a public name to `package.module:attribute`."""

    def open_door(name: str) -> Any:
        if name not in table:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        module, attribute = table[name].split(":")
        return getattr(import_module(module), attribute)

    return open_door
