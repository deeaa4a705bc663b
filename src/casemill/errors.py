"""Every error casemill raises on purpose, as a tree, each with its exit code.

    CasemillError            the person reads it as it stands: what happened, where, what to do
    ├── UsageError       2   the words, a file or a setting are wrong; names file and line
    │   ├── FileError        a file that a person writes cannot be read as it stands
    │   └── SettingsError    casemill.toml or a CASEMILL_ variable is wrong
    ├── OutsideError     3   the world outside failed: disk, database, network, target
    │   ├── StoreError       the vault or the desk cannot be opened, read or written
    │   │   └── VaultKeyError  the vault's key is missing or is not the one it was written with
    │   └── TargetError      the AI under test cannot be reached or answers nonsense
    └── Interrupted    130   the person pressed Ctrl-C; what was done is kept

A shut gate (1) and items put aside (4) are outcomes, not errors: their commands exit with the code themselves.
"""

from pathlib import Path

DONE = 0
SHUT = 1
USAGE = 2
CANNOT_TELL = 3
PUT_ASIDE = 4
INTERRUPTED = 130


class CasemillError(Exception):
    """What happened, and what to do about it, in plain words."""

    exit_code: int = CANNOT_TELL

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


class UsageError(CasemillError):
    """The command cannot be carried out as it was given."""

    exit_code = USAGE


class FileError(UsageError):
    """A file cannot be read as it stands; the message begins with file and line."""

    def __init__(self, path: Path | str, message: str, *, line: int | None = None, hint: str | None = None) -> None:
        where = f"{path}:{line}" if line is not None else f"{path}"
        super().__init__(f"{where}: {message}", hint=hint)
        self.path = Path(path)
        self.line = line
        self.reason = message


class SettingsError(UsageError):
    """A setting is unknown, of the wrong kind, or contradicts another."""


class OutsideError(CasemillError):
    """Something outside casemill failed; nothing was half-written."""

    exit_code = CANNOT_TELL


class StoreError(OutsideError):
    """The vault or the desk cannot be opened, read or written."""


class VaultKeyError(StoreError):
    """The vault's key is missing, or the vault was written with another."""


class TargetError(OutsideError):
    """The AI under test cannot be reached, or its answer cannot be read."""


class Interrupted(CasemillError):
    """Stopped by the person; what was done is kept."""

    exit_code = INTERRUPTED
