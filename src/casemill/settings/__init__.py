"""casemill.toml and CASEMILL_ variables, read once; every value knows where it came from.

A variable wins over the file, the file over the default: `CASEMILL_TRIAGE_SURE=0.9` is `[triage] sure`.
Sections of plugins (`[targets.NAME]`, `[ingest.sources.NAME]`) stay raw until their own Struct reads them.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from casemill.doors import lazy_door

if TYPE_CHECKING:
    from casemill.settings.place import FILE_NAME as FILE_NAME
    from casemill.settings.place import find_root as find_root
    from casemill.settings.place import place_in_file as place_in_file
    from casemill.settings.place import write_starter as write_starter
    from casemill.settings.reading import Loaded as Loaded
    from casemill.settings.reading import Origin as Origin
    from casemill.settings.reading import load as load
    from casemill.settings.sections import Anonymize as Anonymize
    from casemill.settings.sections import Desk as Desk
    from casemill.settings.sections import Ingest as Ingest
    from casemill.settings.sections import Judge as Judge
    from casemill.settings.sections import Model as Model
    from casemill.settings.sections import Outward as Outward
    from casemill.settings.sections import People as People
    from casemill.settings.sections import Price as Price
    from casemill.settings.sections import Review as Review
    from casemill.settings.sections import Run as Run
    from casemill.settings.sections import Section as Section
    from casemill.settings.sections import Serve as Serve
    from casemill.settings.sections import Settings as Settings
    from casemill.settings.sections import Store as Store
    from casemill.settings.sections import Suite as Suite
    from casemill.settings.sections import Triage as Triage
    from casemill.settings.showing import safe_value as safe_value
    from casemill.settings.showing import show_value as show_value

_MODULES = {
    "place": ("FILE_NAME", "find_root", "place_in_file", "write_starter"),
    "reading": ("Loaded", "Origin", "load"),
    "sections": (
        *("Anonymize", "Desk", "Ingest", "Judge", "Model", "Outward", "People", "Price", "Review", "Run", "Section"),
        *("Serve", "Settings", "Store", "Suite", "Triage"),
    ),
    "showing": ("safe_value", "show_value"),
}

__getattr__: Callable[[str], Any] = lazy_door(
    __name__, {name: f"casemill.settings.{module}:{name}" for module, names in _MODULES.items() for name in names}
)
__all__ = [name for names in _MODULES.values() for name in names]
