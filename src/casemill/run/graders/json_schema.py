"""The reply is JSON of a given shape."""

from typing import Any

import msgspec

from casemill.domain.case import Case
from casemill.domain.grade import Grade, errored, failed, passed
from casemill.domain.reply import Reply
from casemill.run.fold import cut
from casemill.run.graders import Grader


class JsonSchema(Grader):
    """Passes when the reply's text is JSON that `schema` (JSON Schema, draft 2020-12 unless it says) allows.

    References to other documents are not followed.
    """

    schema: dict[str, Any]

    def __post_init__(self) -> None:
        from jsonschema.exceptions import SchemaError
        from jsonschema.validators import Draft202012Validator, validator_for

        try:
            validator_for(self.schema, default=Draft202012Validator).check_schema(self.schema)
        except SchemaError as error:
            raise ValueError(f"schema cannot be read: {error.json_path}: {error.message}"[:300]) from None

    def look(self, reply: Reply, case: Case) -> Grade:  # noqa: ARG002 - the base's signature
        from jsonschema.exceptions import best_match
        from jsonschema.validators import Draft202012Validator, validator_for
        from referencing import Registry
        from referencing.exceptions import Unresolvable

        try:
            value = msgspec.json.decode(reply.text)
        except (msgspec.DecodeError, UnicodeError) as error:
            return failed(f"is not JSON: {error}")
        kind = validator_for(self.schema, default=Draft202012Validator)
        try:
            wrong = best_match(kind(self.schema, registry=Registry()).iter_errors(value))
        except Unresolvable as error:
            return errored(f"the schema refers to {error.ref}, which is not followed")
        return passed() if wrong is None else failed(f"{wrong.json_path}: {cut(wrong.message, 200)}")
