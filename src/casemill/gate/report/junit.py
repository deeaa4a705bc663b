"""The judgement as JUnit XML, for CI systems that show tests; the way back stands in the properties of each case."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as Xml

from casemill.domain.gate import Judgement, Red
from casemill.domain.run import Run
from casemill.gate.phrases import labelled
from casemill.gate.safe import headline, one_line, web_address

# What XML 1.0 cannot hold, escaped or not.
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
COUNTS = (("tests", ""), ("failures", "/failure"), ("errors", "/error"), ("skipped", "/skipped"))


def render(judgement: Judgement, run: Run | None = None) -> str:
    """One test a case that passed (with the run) or did not, and one for the gate itself.

    A case that shuts the gate is a failure, an error an error; one that is only told is skipped, with its reason.
    """
    suite = Xml.Element("testsuite", name="casemill gate", timestamp=judgement.at.isoformat(timespec="seconds"))
    _properties(
        suite,
        state=judgement.state,
        run=judgement.run,
        target=judgement.target,
        release=str(judgement.release),
        passed=str(judgement.passed),
        judged=str(judgement.judged),
    )
    _gate(suite, judgement)
    for verdict in run.verdicts if run else ():
        if verdict.result == "pass":
            test = Xml.SubElement(suite, "testcase", name=_xml(verdict.case), classname=_xml(verdict.failure_mode))
            _properties(test, severity=verdict.severity, failure_mode=verdict.failure_mode)
    for red in judgement.reds:
        _red(suite, red)
    totals = {name: str(len(suite.findall(f"testcase{tag}"))) for name, tag in COUNTS}
    suite.attrib.update(totals)
    top = Xml.Element("testsuites", totals)
    top.append(suite)
    Xml.indent(top)
    return DECLARATION + Xml.tostring(top, encoding="unicode") + "\n"


def _xml(text: str) -> str:
    return NOT_XML.sub("�", one_line(text))


def _properties(parent: Xml.Element, **values: str | None) -> None:
    told = {name: value for name, value in values.items() if value}
    if told:
        box = Xml.SubElement(parent, "properties")
        for name, value in told.items():
            Xml.SubElement(box, "property", name=name, value=_xml(value))


def _gate(suite: Xml.Element, judgement: Judgement) -> None:
    test = Xml.SubElement(suite, "testcase", name="gate", classname="casemill")
    if judgement.state != "open":
        kind = "failure" if judgement.state == "shut" else "error"
        found = Xml.SubElement(test, kind, message=_xml(headline(judgement)), type=judgement.state)
        found.text = "\n".join(f"- {_xml(line)}" for line in (*judgement.because, *judgement.told))
    elif judgement.told:
        Xml.SubElement(test, "system-out").text = "\n".join(f"- {_xml(line)}" for line in judgement.told)


def _red(suite: Xml.Element, red: Red) -> None:
    test = Xml.SubElement(suite, "testcase", name=_xml(red.case), classname=_xml(red.failure_mode))
    if red.path:
        test.set("file", _xml(red.path))
    _properties(
        test,
        severity=red.severity,
        failure_mode=red.failure_mode,
        result=red.result,
        golden=red.golden,
        ticket=red.ticket,
        source=web_address(red.link),
        desk=web_address(red.desk),
        before=red.before,
        override=f"{red.override.who} until {red.override.until}: {red.override.why}" if red.override else None,
    )
    kind = "failure" if red.blocks else "error" if red.result == "error" else "skipped"
    message = f"{red.severity} {red.result}: {red.reason}"
    found = Xml.SubElement(test, kind, message=_xml(message))
    if kind != "skipped":
        found.set("type", red.result)
        found.text = "\n".join(_lines(red))


def _lines(red: Red) -> Iterator[str]:
    for label, value in (*labelled(red), ("case", red.path), ("ticket", red.ticket)):
        if value:
            yield f"{label}: {_xml(value)}"
