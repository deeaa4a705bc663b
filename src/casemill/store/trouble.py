"""What went wrong with a database, in plain words: no SQL, no parameters, nothing a driver quotes from a row."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from sqlalchemy import exc

from casemill.errors import StoreError


class Trouble(NamedTuple):
    """What the driver's code means and what a person can do."""

    codes: tuple[str, ...]
    sentence: str
    hint: str


BUSY = Trouble(
    ("SQLITE_BUSY", "SQLITE_LOCKED", "55P03", "40P01", "40001"),
    "is locked by another process; nothing was written",
    "wait for the other casemill (or database tool) to finish, then run this again",
)
LOST = Trouble(
    ("08", "57P"),
    "was lost: the connection to Postgres broke; nothing was half-written",
    "see that Postgres runs and can be reached, then run this again",
)
UNREACHED = Trouble((), "cannot be reached", "see that Postgres runs, and look at the URL under [store]")
TROUBLES = (
    BUSY,
    LOST,
    Trouble(
        ("SQLITE_FULL", "53100"),
        "cannot be written: the disk is full; nothing was half-written",
        "free some space, then run this again",
    ),
    Trouble(
        ("SQLITE_IOERR",),
        "cannot be read or written: the disk is full or failing; nothing was half-written",
        "free some space or look at the disk, then run this again",
    ),
    Trouble(
        ("SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH"),
        "cannot be opened",
        "look at the folder's permissions, and at [store] in casemill.toml",
    ),
    Trouble(
        ("SQLITE_READONLY", "25006"),
        "cannot be written: it is read-only",
        "look at the permissions of the file and its folder",
    ),
    Trouble(
        ("SQLITE_NOTADB", "SQLITE_CORRUPT"),
        "is damaged, or is not a database",
        "put a backup in its place, or look at [store] in casemill.toml",
    ),
    Trouble(("28",), "refuses this user or password", "look at the URL under [store] in casemill.toml"),
    Trouble(("3D000",), "does not exist in Postgres", "make it: createdb NAME"),
    Trouble(("42501",), "does not allow this user to do that", "grant the rights, or use the owner's URL"),
    Trouble(("53300",), "has no free connection", "stop other workers, or raise max_connections in Postgres"),
)

# While connecting psycopg gives no code, only the server's words; what is worded otherwise "cannot be reached".
AT_THE_DOOR = (
    ("password authentication failed", "28P01"),
    ("no pg_hba.conf entry", "28000"),
    ("role ", "28000"),
    ("too many clients", "53300"),
    ("remaining connection slots", "53300"),
    ("does not exist", "3D000"),
)


@contextmanager
def told(place: str) -> Iterator[None]:
    """Turns what SQLAlchemy raises into a StoreError about `place`.

    The driver's own text is dropped: Postgres quotes a row's values in it.
    """
    try:
        yield
    except exc.DBAPIError as error:
        raise explain(place, error.orig, lost=error.connection_invalidated) from None
    except exc.TimeoutError:
        raise StoreError(f"{place} has no free connection", hint="stop other workers, then run this again") from None


def explain(place: str, driver: BaseException | None, *, lost: bool = False) -> StoreError:
    """The driver's error as a person can use it; `lost` when a connection that once worked broke."""
    code = _code(driver)
    trouble = next((known for known in TROUBLES if code.startswith(known.codes)), None)
    if trouble is None and not code and type(driver).__name__ == "OperationalError":
        trouble = LOST if lost else UNREACHED
    if trouble is not None:
        return StoreError(f"{place} {trouble.sentence}", hint=trouble.hint)
    kind = f"{type(driver).__name__} {code}".rstrip()
    return StoreError(f"{place} failed: {kind}", hint="please report this with the command you ran")


def is_busy(driver: BaseException) -> bool:
    return _code(driver).startswith(BUSY.codes)


def _code(driver: BaseException | None) -> str:
    """SQLite's error name or Postgres' SQLSTATE; empty when the driver gives none."""
    told = getattr(driver, "sqlite_errorname", None) or getattr(driver, "sqlstate", None)
    return told or next((code for words, code in AT_THE_DOOR if words in str(driver)), "")
