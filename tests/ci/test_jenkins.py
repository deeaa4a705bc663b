"""The Jenkins stage, by running its shell blocks."""

import re
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

import make
from ci.checkout import ROOT, check_out, shell

STAGE = (ROOT / "ci" / "jenkins" / "casemill.groovy").read_text()
BLOCKS = re.findall(r"'''\n(.*?)'''", STAGE, re.DOTALL)
ENVIRONMENT = dict(re.findall(r"(CASEMILL_\w+) = '(\w+)'", STAGE))


@pytest.mark.parametrize(("environ", "code"), [({}, 0), ({"BOT_SAYS": make.BAD}, 1), ({"BOT_IS_DOWN": "1"}, 3)])
def test_the_stage_runs_then_judges_and_every_code_has_its_answer(
    tmp_path: Path, environ: dict[str, str], code: int
) -> None:
    check_out(tmp_path)
    put, judge = BLOCKS
    first = shell(put, folder=tmp_path, environ=ENVIRONMENT | environ)
    assert first.returncode == 0, first.stderr
    done = shell(judge, folder=tmp_path, environ=ENVIRONMENT)
    assert done.returncode == code, done.stderr
    assert f"code == {code}" in STAGE or code == 0
    assert Xml.parse(tmp_path / "casemill-report" / "gate.xml").getroot().tag == "testsuites"
    assert (tmp_path / "casemill-report" / "gate.html").exists()


def test_the_braces_of_the_stage_close() -> None:
    assert STAGE.count("{") == STAGE.count("}")
    assert STAGE.count("'''") == 4
