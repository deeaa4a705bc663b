"""Borsuq's support bot: two versions of one rule-based program, ready to stand as `python` targets.

Version 1 is the one that answered in the recorded tickets; version 2 is the mended one. Nothing here knows a case or
a grader: give either the turns of a conversation and it answers, the same every time.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from casemill.demo.chat import read_chat
from casemill.demo.talk import Talk, Version
from casemill.demo.version_1 import answer as answer_one
from casemill.demo.version_2 import answer as answer_two

ONE = Version(number=1)
TWO = Version(number=2, newest_articles_only=True, whole_chat=True, kazakh=True, heeds_plan=True)


def version_one(turns: Sequence[Mapping[str, Any]], context: Mapping[str, Any]) -> dict[str, Any]:
    """Reply fields for a conversation whose last turn is the customer's."""
    talk = Talk(ONE, read_chat(turns, context))
    return talk.reply(answer_one(talk))


def version_two(turns: Sequence[Mapping[str, Any]], context: Mapping[str, Any]) -> dict[str, Any]:
    """Reply fields for a conversation whose last turn is the customer's."""
    talk = Talk(TWO, read_chat(turns, context))
    return talk.reply(answer_two(talk))
