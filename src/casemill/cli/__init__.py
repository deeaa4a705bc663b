"""The commands: they open the project, call a verb, print what it returns. No decision is made here."""

from casemill.cli.main import main

__all__ = ["main"]
