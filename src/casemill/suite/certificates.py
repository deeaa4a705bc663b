"""Certificates of judges: `judges/CRITERION@NUMBER.json`, written once each, and whether one stands today."""

import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from casemill.disk import write_whole
from casemill.domain.calibration import JudgeCertificate
from casemill.domain.run import JudgeHead
from casemill.errors import FileError
from casemill.suite.text_file import read_text

FILE = re.compile(r"([a-z0-9]+(?:[_-][a-z0-9]+)*)@([1-9][0-9]*)\.json")
State = Literal["valid", "none", "stale", "expired", "below"]

_decoder = msgspec.json.Decoder(JudgeCertificate)


class Standing(NamedTuple):
    """What is known of a judge by a criterion: `valid`; `none`; `stale` (judge, prompt or rubric are others now);
    `expired`; `below` the floor. `why` is a sentence piece, empty when valid."""

    state: State
    certificate: JudgeCertificate | None
    why: str = ""


def read_certificates(folder: Path) -> tuple[JudgeCertificate, ...]:
    """Every certificate of a suite folder, by criterion and number; a FileError for one that cannot be read."""
    found = []
    for path in (folder / "judges").glob("*.json"):
        if (match := FILE.fullmatch(path.name)) is None:
            raise FileError(path, "a certificate's file is named CRITERION@NUMBER.json")
        certificate = _read(path)
        if (certificate.criterion, certificate.number) != (match[1], int(match[2])):
            raise FileError(path, f"is the certificate {certificate.criterion}@{certificate.number} by what it says")
        found.append(certificate)
    return tuple(sorted(found, key=lambda each: (each.criterion, each.number)))


def next_number(certificates: Iterable[JudgeCertificate], criterion: str) -> int:
    """The number that the next certificate of a criterion gets; numbers are never used again."""
    return max((each.number for each in certificates if each.criterion == criterion), default=0) + 1


def certificate_path(certificate: JudgeCertificate) -> str:
    """Where a certificate lives inside the suite folder."""
    return f"judges/{certificate.criterion}@{certificate.number}.json"


def write_certificate(folder: Path, certificate: JudgeCertificate) -> Path:
    """Writes a certificate whole, never over another."""
    path = folder / certificate_path(certificate)
    raw = msgspec.json.format(msgspec.json.encode(certificate), indent=2)
    write_whole(path, raw + b"\n", new=True)
    return path


def standing(
    certificates: Iterable[JudgeCertificate], judge: JudgeHead, *, criterion: str, rubric: str, now: datetime
) -> Standing:
    """Whether a judge may be believed by a criterion of a rubric (its label): by the newest certificate that is of it.

    One that was made for another model, prompt or rubric is stale, never good enough.
    """
    own = [each for each in certificates if (each.judge, each.criterion) == (judge.name, criterion)]
    if not own:
        return Standing("none", None, f"judge {judge.name} was never calibrated on {criterion}")
    fitting = [each for each in own if not _others(each, judge, rubric=rubric)]
    newest = max(fitting or own, key=lambda each: each.number)
    if not fitting:
        why = f"{newest.criterion}@{newest.number} was made with another {_others(newest, judge, rubric=rubric)}"
        return Standing("stale", newest, why)
    if not newest.holds:
        return Standing("below", newest, f"{newest.criterion}@{newest.number}: {'; '.join(newest.because)}")
    if newest.expires < now.date().isoformat():
        return Standing("expired", newest, f"{newest.criterion}@{newest.number} expired on {newest.expires}")
    return Standing("valid", newest)


def _others(certificate: JudgeCertificate, judge: JudgeHead, *, rubric: str) -> str:
    """What of a certificate is not what stands today, as words; empty when all is."""
    digests = (
        ("judge (model, address or parameters)", certificate.judge_digest, judge.digest),
        ("prompt", certificate.prompt, judge.prompt),
        ("rubric", (certificate.rubric, certificate.rubric_digest), (rubric, judge.rubrics.get(rubric))),
    )
    return " and ".join(what for what, was, now in digests if was != now)


def _read(path: Path) -> JudgeCertificate:
    try:
        return _decoder.decode(read_text(path))
    except msgspec.DecodeError as error:
        raise FileError(path, f"is not a certificate: {error}") from None
