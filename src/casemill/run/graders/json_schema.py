"""The reply is JSON of a given shape."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casemill.domain.case import Case
from casemill.domain.grade import Grade, errored, failed, passed
from casemill.domain.reply import Reply
from casemill.errors import FileError, TargetError
from casemill.run.fold import cut
from casemill.run.graders import Grader, Surroundings, unprepared
from casemill.run.limit import TooSlow, search
from casemill.run.reply import json_of

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

SECONDS = 1.0


class JsonSchema(Grader, omit_defaults=True):
    """Passes when the reply's text is JSON that `schema` (JSON Schema, draft 2020-12 unless it says) allows, or the
    schema in `file`, a JSON or YAML file in the suite's folder.

    References to other documents are not followed. Of `format`, `date`, `email`, `ipv4`, `ipv6`, `regex` and `uuid` are
    held; others are not looked at.
    """

    schema: dict[str, Any] | None = None
    file: str | None = None

    def __post_init__(self) -> None:
        if (self.schema is None) == (self.file is None):
            raise ValueError("give either schema or file, a path in the suite's folder")
        if self.schema is not None and (wrong := wrong_with(self.schema)):
            raise ValueError(wrong)
        if self.file is not None and (Path(self.file).is_absolute() or ".." in Path(self.file).parts):
            raise ValueError("file is a path inside the suite's folder")

    def prepared(self, around: Surroundings) -> Grader:
        if self.file is None:
            return self
        from casemill.suite.strict import load
        from casemill.suite.text_file import read_text

        path = around.suite / self.file
        schema = load(read_text(path), path)
        wrong = wrong_with(schema) if isinstance(schema, dict) else "is no JSON Schema: not a mapping"
        if wrong is not None:
            raise FileError(path, wrong)
        return JsonSchema(schema=schema)

    def look(self, reply: Reply, case: Case) -> Grade:  # noqa: ARG002 - the base's signature
        from jsonschema.exceptions import best_match
        from jsonschema.validators import Draft202012Validator, extend, validator_for
        from referencing import Registry
        from referencing.exceptions import Unresolvable

        if self.schema is None:
            return unprepared(f"the schema {self.file}")
        try:
            value = json_of(reply.text, "is not JSON")
        except TargetError as error:
            return failed(str(error))
        kind = validator_for(self.schema, default=Draft202012Validator)
        try:
            kind = extend(kind, {"pattern": _pattern})  # type: ignore[no-untyped-call]
            validator = kind(self.schema, registry=Registry(), format_checker=kind.FORMAT_CHECKER)
            wrong = best_match(validator.iter_errors(value))
        except Unresolvable as error:
            return errored(f"the schema refers to {error.ref}, which is not followed")
        except TooSlow:
            return errored("a pattern of the schema takes too long on this reply; make its repetitions simpler")
        return passed() if wrong is None else failed(f"{wrong.json_path}: {cut(wrong.message, 200)}")


def _pattern(_validator: Any, pattern: str, value: object, _: object) -> "Iterator[ValidationError]":
    """The keyword `pattern`, searched in bounded time in whatever thread."""
    from jsonschema.exceptions import ValidationError

    if isinstance(value, str) and search(re.compile(pattern), value, seconds=SECONDS) is None:
        yield ValidationError(f"{value!r} does not match {pattern!r}")


def wrong_with(schema: dict[str, Any]) -> str | None:
    """What makes a mapping no JSON Schema; None when it is one."""
    from jsonschema.exceptions import SchemaError
    from jsonschema.validators import Draft202012Validator, validator_for

    try:
        validator_for(schema, default=Draft202012Validator).check_schema(schema)
    except SchemaError as error:
        return f"schema cannot be read: {error.json_path}: {error.message}"[:300]
    return None
