"""A frozen, numbered, digested set of cases."""

from casemill.domain.failure import Severity
from casemill.domain.word import Word


class ReleasedCase(Word):
    """What a lock remembers of a case."""

    id: str
    digest: str
    failure_mode: str
    severity: Severity


class Release(Word, omit_defaults=True):
    """`releases/N.lock`. `digest` covers the cases; days are text, YYYY-MM-DD. `yardsticks` are the files by which its
    cases are graded, by name with a digest; None where nobody recorded them."""

    number: int
    created: str
    by: str
    digest: str
    taxonomy: int | None = None
    policy: str | None = None
    yardsticks: dict[str, str] | None = None
    cases: tuple[ReleasedCase, ...] = ()
