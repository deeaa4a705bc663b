"""How a judgement is told: each report is a function `render(judgement, run)` that gives a text.

`run` is optional; with it a report can also tell of the cases that passed.
"""

from casemill.plugins import Shelf

reports = Shelf(
    "reports",
    {
        "text": "casemill.gate.report.text:render",
        "markdown": "casemill.gate.report.markdown:render",
        "junit": "casemill.gate.report.junit:render",
        "html": "casemill.gate.report.html:render",
        "github": "casemill.gate.report.github:render",
        "gitlab": "casemill.gate.report.gitlab:render",
    },
)
