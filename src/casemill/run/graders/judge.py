"""A model's verdict on one criterion of a rubric; it lives with the judging, so that the graders stay apart."""

from casemill.run.judging.judge import Judge as Judge
