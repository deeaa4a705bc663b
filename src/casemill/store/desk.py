"""The desk: masked tickets, questions, decisions and what came of them."""

from contextlib import ExitStack
from pathlib import Path

from casemill.settings import Store
from casemill.store.database import Database, find_place
from casemill.store.schema import bring_to_newest


class Desk(Database):
    """The desk's transactions: `with desk.write() as db: tickets.put(db, ticket)`."""


def open_desk(settings: Store, *, root: Path) -> Desk:
    """The desk at `[store] desk`, made and upgraded when needed; a relative path is taken from `root`.

    StoreError when it cannot be opened, or was written by a newer casemill.
    """
    with ExitStack() as closing:
        desk = closing.enter_context(Desk(find_place("desk", settings.desk, root=root)))
        bring_to_newest(desk)
        closing.pop_all()
    return desk
