"""The names that people and the AI put on a ticket, by version."""

from casemill.domain.word import Word


class Labels(Word, omit_defaults=True):
    """A label scheme: the intents that the AI supports. `labels@3` on a case's card is version 3 of it."""

    version: int
    intents: tuple[str, ...] = ()
