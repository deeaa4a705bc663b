"""Whether a reply puts a draft before somebody, or leaves the answer to a person."""

from casemill.domain.reply import Reply


def drafts(reply: Reply) -> bool:
    """True when a text is shown as an answer. What the target says of it counts; where it says nothing, a text that
    was not escalated is a draft."""
    if reply.draft_shown is not None:
        return reply.draft_shown
    return bool(reply.text.strip()) and reply.escalated is not True
