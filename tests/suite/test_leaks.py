"""What looks personal in the case files is told by file, line and type, never shown; a yes has a name and a reason."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

import make
from casemill.domain.case import Case, Expect, Input, Lineage, Said, Since
from casemill.domain.ticket import ToolCall
from casemill.errors import UsageError
from casemill.suite import Finding, case_text, freeze, lint, read_suite, scan_cases
from suite.conftest import Write

TODAY = date(2026, 11, 21)
MAIL = "anna.karimova@gmail.com"


def said(text: str, **fields: Any) -> Case:
    return make.case(input=Input(turns=(Said(customer=text),)), **fields)


def scan(folder: Path, *, keep: tuple[str, ...] = ()) -> list[Finding]:
    return list(scan_cases(folder, today=TODAY, keep=keep))


def accept(folder: Path, **fields: object) -> None:
    told = {
        "case": make.case().id,
        "field": "input.turns.0.customer",
        "label": "EMAIL",
        "by": "lead@shop.test",
        "reason": "The shop's own address.",
        "until": "2027-02-20",
    } | fields
    lines = [f"{key} = {value if isinstance(value, int) else repr(value)}" for key, value in told.items() if value]
    with (folder / "leaks.toml").open("a") as file:
        file.write("[[accept]]\n" + "\n".join(lines) + "\n")


@pytest.mark.parametrize(
    ("case", "field", "label"),
    [
        (said(f"write to {MAIL}"), "input.turns.0.customer", "EMAIL"),
        (make.case(why="call +7 701 555 01 84"), "why", "PHONE"),
        (make.case(expect=Expect(bad="4111 1111 1111 1111")), "expect.bad", "CARD"),
        (make.case(assert_=({"contains": {"any": ["ok", MAIL]}},)), "assert.0.contains.any.1", "EMAIL"),
        (make.case(input=Input(turns=(), context={"to": {"x": MAIL}})), "input.context.to.x", "EMAIL"),
        (make.case(input=Input(turns=(), context={MAIL: {"x": 1}})), "input.context.(a key)", "EMAIL"),
        (make.case(stale=Since(since="2026-11-20", because=MAIL)), "stale.because", "EMAIL"),
        (make.case(features=(MAIL,)), "features.0", "EMAIL"),
        (make.case(lineage=Lineage(source="s", ticket="1", root_cause=MAIL)), "lineage.root_cause", "EMAIL"),
        (
            make.case(input=Input(turns=(Said(tool=ToolCall(name="find", arguments={"mail": MAIL})),))),
            "input.turns.0.tool.arguments.mail",
            "EMAIL",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_text_of_a_case_is_read(folder: Path, write: Write, case: Case, field: str, label: str) -> None:
    path = write(case)
    (finding,) = scan(folder)
    assert finding.message == f"{field} looks as if it holds a real {label}"
    assert (finding.level, finding.path) == ("error", str(path))
    assert finding.line
    assert not any(value in finding.text + str(finding) for value in (MAIL, "4111", "701"))


def test_a_key_that_is_personal_is_not_shown_in_what_is_told(folder: Path, write: Write) -> None:
    write(make.case(input=Input(turns=(), context={MAIL: {"x": "8 (701) 555-01-84"}})))
    findings = scan(folder)
    assert {finding.message.split(" ")[0] for finding in findings} == {"input.context.(a", "input.context.….x"}
    assert MAIL not in str(findings)


def test_ids_placeholders_facts_and_kept_words_are_no_findings(folder: Path, write: Write) -> None:
    lineage = Lineage(source="zendesk", ticket="87015550184", payload="sha256:" + "1" * 64, macro="47@2026-03-01")
    write(
        said(
            "[NAME_1] paid 129,000 ₸ on 2026-11-20 for [ORDER_1], see KB-1042, write to help@shop.test",
            lineage=lineage,
        )
    )
    assert scan(folder, keep=("help@shop.test",)) == []


def test_what_a_person_wrote_into_a_comment_is_found(folder: Path, write: Write) -> None:
    case = said("the # of my order is [ORDER_1]\n# [NAME_1]")
    path = write(case)
    path.write_text(f"# {MAIL} wrote\n" + case_text(case).replace("severity: P0", "severity: P0  # and boris@mail.kz"))
    (finding,) = scan(folder)
    assert finding.message == "a comment looks as if it holds a real EMAIL (2 of them)"
    assert finding.line == 1


def test_a_hash_inside_a_text_is_found_once_as_the_text(folder: Path, write: Write) -> None:
    write(said(f"one\n# {MAIL}\nthree"))
    assert [finding.message.split(" ")[0] for finding in scan(folder)] == ["input.turns.0.customer"]


def test_what_somebody_accepts_may_stay(folder: Path, write: Write) -> None:
    write(said(f"write to {MAIL}"))
    accept(folder)
    assert scan(folder) == []
    assert freeze(folder, by="lead@shop.test", now=make.NOW).new


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"until": "2026-11-20"}, "; that it may stay ended on 2026-11-20"),
        ({"field": "why"}, "holds a real EMAIL (2 of them)"),
        ({"case": "other-7q3k2d"}, "holds a real EMAIL (2 of them)"),
        ({"label": "PHONE"}, "holds a real EMAIL (2 of them)"),
        ({"count": 1}, "holds a real EMAIL (2 of them); 1 may stay"),
    ],
    ids=["ended", "field", "case", "label", "count"],
)
def test_a_yes_holds_for_its_case_field_type_number_and_time(
    folder: Path, write: Write, fields: dict[str, object], told: str
) -> None:
    write(said(f"write to {MAIL} or boris@mail.kz"))
    accept(folder, **({"count": 2} | fields))
    errors = [finding for finding in scan(folder) if finding.level == "error"]
    assert len(errors) == 1
    assert errors[0].message.endswith(told)


def test_a_yes_to_what_is_gone_is_a_warning(folder: Path, write: Write) -> None:
    write(said(f"write to {MAIL}"))
    accept(folder, count=3)
    accept(folder, case="gone-7q3k2d")
    findings = scan(folder)
    assert {finding.level for finding in findings} == {"warning"}
    assert [finding.message for finding in findings] == [
        "accepts 3 EMAIL in input.turns.0.customer of 'promised-action-7q3k2d', where only 1 is found",
        "accepts 1 EMAIL in input.turns.0.customer of 'gone-7q3k2d', where nothing is found",
    ]
    assert all(finding.line for finding in findings)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"by": None}, "an acceptance needs 'by'"),
        ({"reason": " "}, "'reason' must be a text that says something"),
        ({"until": None}, "an acceptance needs its last day"),
        ({"until": "soon"}, "an acceptance needs its last day"),
        ({"value": "x"}, "there is no key 'value'"),
        ({"count": "many"}, "count must be a whole number"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_yes_without_name_reason_or_end_is_an_error(
    folder: Path, write: Write, fields: dict[str, object], told: str
) -> None:
    write(make.case())
    accept(folder, **fields)
    (finding,) = scan(folder)
    assert finding.message.startswith(told)
    assert finding.path.endswith("leaks.toml")
    assert finding.line


def test_a_freeze_refuses_with_file_line_and_type_and_the_lines_that_would_accept_it(
    folder: Path, write: Write
) -> None:
    path = write(said(f"write to {MAIL}"))
    with pytest.raises(UsageError) as refused:
        freeze(folder, by="lead@shop.test", now=make.NOW)
    told, hint = f"{refused.value}", refused.value.hint or ""
    assert f"{path}:9: error: input.turns.0.customer looks as if it holds a real EMAIL" in told
    assert "casemill review --leaks --ticket zendesk:48213" in hint
    assert MAIL not in told + hint
    pasted = hint[hint.index("[[accept]]") : hint.index("\n\n  that goes")]
    (folder / "leaks.toml").write_text(pasted.replace('by = ""', 'by = "me"').replace('reason = ""', 'reason = "ours"'))
    assert scan_cases(folder, today=make.NOW.date()) == ()


def test_lines_pasted_as_they_are_name_nobody_and_accept_nothing(folder: Path, write: Write) -> None:
    write(said(f"write to {MAIL}"))
    (finding,) = scan(folder)
    (folder / "leaks.toml").write_text(finding.paste or "")
    assert [one.message for one in scan(folder)] == ["'by' must be a text that says something"]


def test_lint_shows_the_same_findings(folder: Path, write: Write) -> None:
    write(said(f"write to {MAIL}"))
    assert scan(folder)[0] in lint(folder, now=make.NOW)


def test_the_starter_accepts_nothing(folder: Path) -> None:
    assert (folder / "leaks.toml").is_file()
    assert scan_cases(folder, today=TODAY, suite=read_suite(folder)) == ()
