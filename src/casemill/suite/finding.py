"""One thing found in a file of the suite."""

from typing import Literal

from casemill.domain.word import Word

Level = Literal["error", "warning"]


class Finding(Word, omit_defaults=True):
    """One thing found in a file of the suite; an error keeps the suite from being frozen, a warning is told.

    `paste` is what a person who accepts it would add to a file, where that can be done.
    """

    path: str
    line: int | None = None
    message: str
    level: Level = "error"
    hint: str | None = None
    paste: str | None = None

    @property
    def text(self) -> str:
        """As an editor and a person read it: `file:line: error: message`."""
        return f"{self.path}{f':{self.line}' if self.line else ''}: {self.level}: {self.message}"
