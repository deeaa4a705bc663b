"""Red on bad, green on good: every rule is tried on the recorded replies before anybody is asked to believe it."""

from collections.abc import Iterable, Mapping
from typing import Any

from casemill.domain.case import Assertion, Case, Check, Draft, Expect, Told
from casemill.domain.grade import Grade
from casemill.domain.reply import Reply
from casemill.domain.ticket import ToolCall
from casemill.domain.word import Word, canonical, changed
from casemill.errors import UsageError
from casemill.normalize.assertions import candidates, guards, last_candidates
from casemill.normalize.expected import NOBODY
from casemill.normalize.ladder.facts import Facts, Rule
from casemill.normalize.minimal import NO_CUSTOMER, NO_REPLY, WRITE_IT
from casemill.run.graders import build, grade, was_unprepared, worst

NO_GOOD = "no good reply recorded"
NOT_RED = "no assertion is red on the recorded bad reply; write one"
ONLY_FORBIDS = "only forbids; says nothing about what must be there"
MOST_TRIED = 12
MOST_RULES = 4


class Chosen(Word, omit_defaults=True):
    """The rules that told the bad reply from the good one, and what to tell whoever admits the case."""

    rules: tuple[Rule, ...] = ()
    hints: tuple[str, ...] = ()


def check(case: Case) -> tuple[Check, ...]:
    """Each assertion tried on `expect.bad` and `expect.good`, with their calls; a grader that asks, or needs files of
    the suite, is left untried.

    A UsageError names an assertion that is none.
    """
    bad, good = bad_reply(case.expect), good_reply(case.expect)
    return tuple(_checked(case, assertion, bad=bad, good=good) for assertion in case.assertions)


def choose(case: Case, facts: Facts) -> Chosen:
    """Of each rung of the ladder the first rule that is red on the bad reply and green on the good one, if any."""
    rules, hints = _kept(case, candidates(facts), most=MOST_RULES)
    if not rules:
        rules, _ = _kept(case, last_candidates(facts), most=1)
    if not rules:
        return Chosen(hints=(NOT_RED, *hints))
    rules += guards(facts.mode)
    if passes_empty(changed(case, assert_=tuple(rules))):
        hints.append(ONLY_FORBIDS)
    return Chosen(rules=tuple(rules), hints=tuple(hints))


def _kept(case: Case, rungs: Iterable[tuple[Rule, ...]], *, most: int) -> tuple[list[Rule], list[str]]:
    """Of each rung the first rule that tells bad from good, and a hint for a call that nothing recorded can prove."""
    rules: list[Rule] = []
    hints: list[str] = []
    for options in rungs:
        if len(rules) == most:
            break
        tried = [(rule, _try(case, rule)) for rule in options[:MOST_TRIED] if rule not in rules]
        if kept := [rule for rule, checked in tried if checked and tells_apart(checked)]:
            rules.append(kept[0])
        elif unproved := [rule for rule, checked in tried if checked and _lacks_calls(case, checked)]:
            hints.append(f"{told(unproved[0])} would be red, but the good reply has no recorded calls: add both")
    return rules, hints


def tells_apart(checked: Check) -> bool:
    """Red on the bad reply, and green on the good one where there is one."""
    red = checked.bad is not None and checked.bad.result == "fail"
    return red and (checked.good is None or checked.good.result == "pass")


def still_missing(draft: Draft) -> tuple[str, ...]:
    """What a draft lacked and lacks still, after somebody edited its case and it was checked again."""
    case, checks = draft.case, draft.checks
    mended = {
        NOBODY: bool(case.expect.behavior),
        NO_GOOD: good_reply(case.expect) is not None,
        NO_REPLY: bad_reply(case.expect) is not None,
        NO_CUSTOMER: not any(said.customer == WRITE_IT for said in case.input.turns),
        NOT_RED: any(done.bad is not None and done.bad.result == "fail" for done in checks),
        ONLY_FORBIDS: not passes_empty(case),
    }
    return tuple(item for item in draft.missing if not mended.get(item, False))


def passes_empty(case: Case) -> bool:
    """Whether a reply that says and does nothing passes every assertion that looks: a rule too weak by itself."""
    looking = tuple(said.item for said in case.assertions if build(said).looks)
    return bool(looking) and all(done.result == "pass" for done in grade(changed(case, assert_=looking), Reply()))


def bad_reply(expect: Expect) -> Reply | None:
    """The recorded failure as a reply; None when nothing was recorded."""
    return _reply(expect.bad, expect.bad_calls)


def good_reply(expect: Expect) -> Reply | None:
    """The reference as a reply; None when there is none."""
    return _reply(expect.good, expect.good_calls)


def told(rule: Mapping[str, Told]) -> str:
    """A rule in one line: `tool_called cancel_order order=[ORDER_1]`, `not_contains "processed your refund"`."""
    grader, arguments = next(iter(rule.items()))
    if isinstance(arguments, str):
        return f"{grader} {arguments}"
    if not isinstance(arguments, dict):
        return f"{grader} {', '.join(map(plain, arguments))}"
    rest = dict(arguments)
    parts = [grader]
    if isinstance(name := rest.pop("name", None), str):
        given = rest.pop("arguments", None) or {}
        parts += [name, *(f"{key}={plain(value)}" for key, value in given.items())]
    for join, key in ((" or ", "any"), (" and ", "all")):
        if isinstance(phrases := rest.get(key), list | tuple):
            parts.append(join.join(f'"{phrase}"' for phrase in phrases))
            del rest[key]
    parts += [f"{key}: {plain(value)}" for key, value in rest.items()]
    return " ".join(parts)


def plain(value: Any) -> str:
    """A text as it is, anything else as JSON."""
    return value if isinstance(value, str) else canonical(value).decode()


def _reply(text: str | None, calls: tuple[ToolCall, ...]) -> Reply | None:
    return Reply(text=text or "", calls=calls) if text is not None or calls else None


def _checked(case: Case, assertion: Assertion, *, bad: Reply | None, good: Reply | None) -> Check:
    looks = build(assertion).looks
    alone = changed(case, assert_=(assertion.item,))
    told = [_graded(alone, reply) if reply is not None and looks else None for reply in (bad, good)]
    return Check(assertion=assertion, looks=looks, bad=told[0], good=told[1])


def _graded(case: Case, reply: Reply) -> Grade | None:
    """What the graders of one assertion come to together; None when each of them would need the suite's files."""
    grades = [one for one in grade(case, reply) if not was_unprepared(one)]
    return worst(grades) if grades else None


def _try(case: Case, rule: Rule) -> Check | None:
    """A candidate's check; None when its words make no valid rule."""
    try:
        return check(changed(case, assert_=(rule,)))[0]
    except UsageError:
        return None


def _lacks_calls(case: Case, checked: Check) -> bool:
    """A call that must be made is red on an agent's words, for people's calls are not recorded."""
    wants_call = checked.assertion.grader == "tool_called"
    return wants_call and checked.bad is not None and checked.bad.result == "fail" and not case.expect.good_calls
