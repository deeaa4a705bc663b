"""What a reading of a red leads to: a Change that waits on the desk until the suite pulls it."""

from casemill.domain.change import Change
from casemill.store import changes
from casemill.store.desk import Desk


def propose_change(desk: Desk, change: Change) -> int:
    """Keeps a Change and gives its id; the same one again is the one that waits already."""
    with desk.write() as db:
        return changes.add(db, change)
