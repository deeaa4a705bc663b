"""How a long verb tells how far it is; the rim decides whether anybody sees it."""

from typing import Protocol


class Progress(Protocol):
    """`start` once with the number of items to come (None: unknown), then `step` for each bunch done."""

    def start(self, total: int | None) -> None: ...

    def step(self, done: int = 1) -> None: ...


class Silent:
    """Progress that nobody watches."""

    def start(self, total: int | None) -> None:  # noqa: ARG002 - the protocol's name
        return None

    def step(self, done: int = 1) -> None:  # noqa: ARG002 - the protocol's name
        return None


SILENT: Progress = Silent()
