"""Turns gathered in the order they happened, whatever order a source tells them in.

A chat that was pasted or attached took place before the words it came with, and before the ticket was opened for it:
its turns come first, then everything said in the ticket itself. What the customer wrote around the chat is the
complaint and stays a turn of its own.
"""

from datetime import datetime

from casemill.domain.ticket import Role, ToolCall, Turn
from casemill.domain.word import changed
from casemill.ingest.speakers import Cast
from casemill.ingest.tools import Result, has_tools, pieces
from casemill.ingest.transcript import split


class Conversation:
    """One ticket's turns while they are read. Texts are clean when they come here."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.notes: list[str] = []
        self._chats: list[tuple[Turn, ...]] = []
        self._turns: list[Turn] = []
        self._calls: dict[int, str | None] = {}
        self._results: list[str] = []

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The turns so far, the pasted chats first."""
        self._pair()
        return tuple(turn for chat in (*self._chats, self._turns) for turn in chat)

    def say(self, role: Role, text: str, *, at: datetime | None = None, by: str | None = None) -> None:
        """What somebody said; a chat pasted into a person's text becomes its turns."""
        found = split(text, self.cast) if role in ("customer", "agent") else None
        if found is None:
            self._add(role, text, at=at, by=by)
            return
        self._keep_chat(found.turns)
        for part in (found.before, found.after):
            self._add(role, part, at=at, by=by)

    def attach(self, text: str) -> bool:
        """A text that came as a file: its chat becomes turns; false when it holds none."""
        found = split(text, self.cast)
        if found is not None:
            self._keep_chat(found.turns)
        return found is not None

    def note(self, text: str, *, at: datetime | None = None, resolves: bool = True) -> None:
        """What the customer never saw: tool calls and results, or a note; `resolves` when an agent wrote it."""
        if not has_tools(text):
            self._add("note", text, at=at)
            if resolves and text:
                self.notes.append(text)
            return
        for piece in pieces(text):
            if isinstance(piece, str):
                self._add("note", piece, at=at)
            elif isinstance(piece, ToolCall):
                self.call(piece, at=at)
            else:
                self.result(piece, at=at)

    def call(self, call: ToolCall, *, at: datetime | None = None, id: str | None = None) -> None:
        """A tool was called; a result that comes later is written to this turn."""
        self._pair()
        if call.result is None:
            self._calls[len(self._turns)] = id
        self._turns.append(Turn(role="tool", call=call, at=at))

    def result(self, result: Result, *, at: datetime | None = None) -> None:
        """A tool answered: the call of that id, else one of the calls that wait."""
        named = next((place for place, id in self._calls.items() if result.call and id == result.call), None)
        if named is not None:
            self._answer(named, result.text)
        elif len(self._results) < len(self._calls):
            self._results.append(result.text)
        else:
            self._turns.append(Turn(role="tool", text=result.text, at=at))

    def _pair(self) -> None:
        """Results go to the last of the calls before them, in order: a tool that answers nothing is passed over.

        Results that are left over, because another named its call meanwhile, stand by themselves.
        """
        places = list(self._calls)[max(0, len(self._calls) - len(self._results)) :]
        for place, text in zip(places, self._results, strict=False):
            self._answer(place, text)
        self._turns += [Turn(role="tool", text=text) for text in self._results[len(places) :]]
        if self._results:
            self._calls.clear()
        self._results.clear()

    def _answer(self, place: int, text: str) -> None:
        turn = self._turns[place]
        assert turn.call is not None
        self._turns[place] = changed(turn, call=changed(turn.call, result=text))
        del self._calls[place]

    def _add(self, role: Role, text: str, *, at: datetime | None = None, by: str | None = None) -> None:
        if text:
            self._turns.append(Turn(role=role, text=text, by=by, at=at))

    def _keep_chat(self, chat: tuple[Turn, ...]) -> None:
        """The same chat sent twice, or once in part and once whole, is one chat."""
        if not any(_holds(known, chat) for known in self._chats):
            self._chats = [*(known for known in self._chats if not _holds(chat, known)), chat]


def _holds(chat: tuple[Turn, ...], part: tuple[Turn, ...]) -> bool:
    size = len(part)
    return any(chat[at : at + size] == part for at in range(len(chat) - size + 1))
