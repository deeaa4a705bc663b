"""The reply is JSON of a given shape."""

from pathlib import Path, PurePosixPath
from typing import Any

from casemill.domain.case import Case
from casemill.domain.grade import Grade, errored, failed, passed
from casemill.domain.reply import Reply
from casemill.errors import FileError, TargetError
from casemill.run.fold import cut
from casemill.run.graders import Grader, Surroundings, unprepared
from casemill.run.limit import TooSlow, bounded
from casemill.run.reply import json_of

SECONDS = 1.0


class JsonSchema(Grader, omit_defaults=True):
    """Passes when the reply's text is JSON that `schema` (JSON Schema, draft 2020-12 unless it says) allows, or the
    schema in `file`, a JSON or YAML file in the suite's folder.

    References to other documents are not followed. Of `format`, `date`, `email`, `ipv4`, `ipv6`, `regex` and `uuid` are
    held; others are not looked at. A schema that explodes on a reply, as its patterns may, is stopped after a second of
    processor time, which is an error.
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

    def yardsticks(self, around: Surroundings) -> tuple[str, ...]:  # noqa: ARG002 - the base's signature
        return () if self.file is None else (PurePosixPath(self.file).as_posix(),)

    def look(self, reply: Reply, case: Case) -> Grade:  # noqa: ARG002 - the base's signature
        if self.schema is None:
            return unprepared(f"the schema {self.file}")
        try:
            json_of(reply.text, "is not JSON")
        except TargetError as error:
            return failed(str(error))
        try:
            wrong, unknown = bounded(held, self.schema, reply.text, seconds=SECONDS)
        except TooSlow:
            return errored("the schema takes too long on this reply; make the repetitions of its patterns simpler")
        if unknown is not None:
            return errored(f"the schema refers to {unknown}, which is not followed")
        return passed() if wrong is None else failed(wrong)


def held(schema: dict[str, Any], text: str) -> tuple[str | None, str | None]:
    """The gravest thing that a schema finds wrong with a JSON text; and a document elsewhere that it would need."""
    from jsonschema.exceptions import best_match
    from jsonschema.validators import Draft202012Validator, validator_for
    from referencing import Registry
    from referencing.exceptions import Unresolvable

    kind = validator_for(schema, default=Draft202012Validator)
    validator = kind(schema, registry=Registry(), format_checker=kind.FORMAT_CHECKER)
    try:
        wrong = best_match(validator.iter_errors(json_of(text, "is not JSON")))
    except Unresolvable as error:
        return None, f"{error.ref}"
    return (None if wrong is None else f"{wrong.json_path}: {cut(wrong.message, 200)}"), None


def wrong_with(schema: dict[str, Any]) -> str | None:
    """What makes a mapping no JSON Schema; None when it is one."""
    from jsonschema.exceptions import SchemaError
    from jsonschema.validators import Draft202012Validator, validator_for

    try:
        validator_for(schema, default=Draft202012Validator).check_schema(schema)
    except SchemaError as error:
        return f"schema cannot be read: {error.json_path}: {error.message}"[:300]
    return None
