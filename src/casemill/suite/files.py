"""Case files: read strictly, written stably."""

import re
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from casemill.domain.case import Case
from casemill.errors import FileError
from casemill.suite.edit import edit_case as edit_case
from casemill.suite.strict import load
from casemill.suite.text_file import read_text
from casemill.suite.writing import yaml_text

AnyKind = TypeVar("AnyKind")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
KEYS = tuple(field.encode_name for field in msgspec.structs.fields(Case))  # type: ignore[arg-type]
MODE = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")


def read_case(path: Path) -> Case:
    """The case in a file; a FileError with the line for whatever is wrong with it."""
    return parse_case(read_text(path), path)


def parse_case(text: str, path: Path | str) -> Case:
    """The case a text holds; `path` is only for the message of a FileError."""
    case = parse_yaml(text, path, kind=Case)
    for key, value, form in (("id", case.id, SLUG), ("failure_mode", case.failure_mode, MODE)):
        if not form.fullmatch(value):
            raise FileError(path, f"{key} {value[:80]!r} must be small letters and digits", line=_line(text, key))
    for number, item in enumerate(case.assert_):
        if len(item) != 1:
            line = _line(text, "assert", number)
            raise FileError(path, "an assertion is one grader and its arguments: `- contains: {any: […]}`", line=line)
    return case


def parse_yaml(text: str, path: Path | str, *, kind: type[AnyKind]) -> AnyKind:
    """A strict YAML text as `kind`; a FileError names line, key and what was probably meant."""
    raw = load(text, path)
    if raw is None:
        raise FileError(path, "is empty")
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        from casemill.suite.explain import explained

        raise explained(error, text=text, path=path, kind=kind) from None


def case_text(case: Case) -> str:
    """The file of a case: keys in the order of its fields; read back it gives an equal case.

    What is at its default is left out, except `stratum` and `status`, which people look for.
    """
    plain: dict[str, Any] = msgspec.to_builtins(case)
    shown = {"stratum": case.stratum, "status": case.status} | plain
    return yaml_text({key: shown[key] for key in KEYS if key in shown})


def case_path(case: Case) -> str:
    """Where a case lives inside the suite folder: `cases/<failure-mode>/<id>.yaml`."""
    return f"cases/{case.failure_mode}/{case.id}.yaml"


def _line(text: str, *steps: str | int) -> int | None:
    from casemill.suite.explain import line_of

    return line_of(text, steps)
