"""What the detectors find in a text, in a form that tests can compare."""

from casemill.personal.find import scan


def found(text: str) -> list[tuple[str, str]]:
    """The pieces found and their labels."""
    return [(text[span.start : span.end], span.label) for span in scan(text)]


def only(value: str, label: str) -> list[tuple[str, str]]:
    """One piece and nothing else."""
    return [(value, label)]
