"""Showing who is behind a placeholder: for those with the vault role, with a reason, never without an audit line."""

from collections.abc import Collection
from datetime import datetime

from casemill.anonymize.replacing import replacements
from casemill.domain.placeholder import PLACEHOLDER, number_of
from casemill.domain.word import Word
from casemill.errors import UsageError
from casemill.store.restores import Restoring
from casemill.store.vault import Vault

SHORTEST_REASON = 10
_ROLE = 'whoever answers for the vault can add you in casemill.toml: [people] vault = ["{}"]'


class Wanted(Word):
    """Whose name is to be shown (`zendesk:48213`, `[NAME_1]`), to whom, and why."""

    ticket: str
    placeholder: str
    by: str
    why: str


def restore_value(vault: Vault, wanted: Wanted, *, allowed: Collection[str], now: datetime) -> str:
    """The fullest form of what a placeholder stands for; the audit line is written in the transaction that reads it.

    `allowed` are the e-mails that have the vault role. UsageError when `by` is none of them, when the reason says
    nothing, when there is no such placeholder; then nothing is read and nothing is written.
    """
    need_role(wanted.by, wanted.why, allowed=allowed)
    source, _, external_id = wanted.ticket.partition(":")
    found = PLACEHOLDER.fullmatch(f"[{wanted.placeholder.strip().strip('[]')}]")
    if not external_id or found is None:
        raise UsageError(
            f"{wanted.ticket} {wanted.placeholder} is no ticket and placeholder",
            hint="as they stand on the desk: casemill restore zendesk:48213 '[NAME_1]' --reason TEXT",
        )
    talk = (source, external_id)
    # A colleague who writes down why may well write down whom.
    reason = replacements(vault.entities(*talk)).apply(wanted.why.strip())
    asked = Restoring(talk, found[1], number_of(found[2]), wanted.by, reason)
    entity = vault.restore(asked, now=now)
    if entity is None or not entity.values:
        raise UsageError(
            f"the vault knows no {found[0]} in {wanted.ticket}",
            hint="if it stands on the desk, somebody wrote it there by hand, and it hides nobody",
        )
    return max(entity.values, key=len)


def need_role(by: str, why: str, *, allowed: Collection[str]) -> None:
    """UsageError when `by` is none of those who have the vault role, or when the reason says nothing."""
    if not allowed:
        raise UsageError("nobody has the vault role", hint=_ROLE.format(by))
    if by.strip().casefold() not in {one.strip().casefold() for one in allowed}:
        raise UsageError(f"{by} does not have the vault role", hint=_ROLE.format(by))
    # More than one space says nothing.
    if len(" ".join(why.split())) < SHORTEST_REASON:
        raise UsageError(
            f"a reason of at least {SHORTEST_REASON} characters is needed",
            hint='it is kept with your name: --reason "Refund 5512 must go to the account holder"',
        )
