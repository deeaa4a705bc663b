"""What a self-test is about: one judge grading by one criterion."""

from typing import NamedTuple


class Subject(NamedTuple):
    """The judge's name in the settings, the rubric's label, the criterion."""

    judge: str
    rubric: str
    criterion: str
