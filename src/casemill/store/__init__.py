"""All SQL: the desk, the vault, and one module a word for rows and the words they keep."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from casemill.doors import lazy_door

if TYPE_CHECKING:
    from casemill.store.database import Db as Db
    from casemill.store.desk import Desk as Desk
    from casemill.store.desk import open_desk as open_desk
    from casemill.store.keys import create_keys as create_keys
    from casemill.store.vault import Vault as Vault
    from casemill.store.vault import open_vault as open_vault

__getattr__: Callable[[str], Any] = lazy_door(
    __name__,
    {
        "create_keys": "casemill.store.keys:create_keys",
        "open_desk": "casemill.store.desk:open_desk",
        "open_vault": "casemill.store.vault:open_vault",
        "Desk": "casemill.store.desk:Desk",
        "Vault": "casemill.store.vault:Vault",
        "Db": "casemill.store.database:Db",
    },
)
__all__ = ["Db", "Desk", "Vault", "create_keys", "open_desk", "open_vault"]
