"""The web: what listens for others. `create_app` makes its routes, `run_server` serves them until told to stop."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from casemill.doors import lazy_door

if TYPE_CHECKING:
    from casemill.web.app import create_app as create_app
    from casemill.web.server import listen as listen
    from casemill.web.server import run_server as run_server

__getattr__: Callable[[str], Any] = lazy_door(
    __name__,
    {
        "create_app": "casemill.web.app:create_app",
        "listen": "casemill.web.server:listen",
        "run_server": "casemill.web.server:run_server",
    },
)
__all__ = ["create_app", "listen", "run_server"]
