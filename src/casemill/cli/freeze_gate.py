"""What stands before a freeze where there is a desk: people have read a sample of its tickets for leaks."""

from pathlib import Path
from typing import TYPE_CHECKING

from casemill.cli.project import Project
from casemill.cli.show import counted
from casemill.cli.suite_place import project_root

if TYPE_CHECKING:
    from casemill.review import Sample


def read_for_leaks(project: Project, folder: Path, *, unread: bool) -> str:
    """What the release notes say of the reading; a UsageError when it is not done. Empty where there is no desk."""
    if not _has_desk(project):
        return ""
    from casemill.review import leak_report, look_at_sample, refuse_unread

    settings = project.settings.anonymize
    sample = look_at_sample(project.desk, folder, share=settings.sample_share, least=settings.sample_least)
    refuse_unread(sample, unread=unread)
    return _noted(sample, leaks=f"{leak_report(project.desk).leaks.told}")


def _has_desk(project: Project) -> bool:
    """Whether somebody has laid one out; looking makes none."""
    if project_root(project) is None:
        return False
    from casemill.store.schema import look

    return any(one.name == "desk" and one.version for one in look(project.settings.store, root=project.root))


def _noted(sample: "Sample", *, leaks: str) -> str:
    """`Read for leaks: 20 of 160 tickets; leaks in all samples so far: 3.1 % (95 % interval …), seen in 1 of 20.`"""
    if not sample.tickets:
        return ""
    if sample.undrawn:
        return f"Not read for leaks: {sample.read:,} of {sample.wanted:,} tickets were read (--unread)."
    of = counted(sample.tickets, "ticket")
    return f"Read for leaks: {sample.read:,} of {of}; leaks in all samples so far: {leaks}."
