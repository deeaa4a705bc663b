"""The rule proposer's one verb."""

from casemill.domain.taxonomy import Taxonomy
from casemill.domain.ticket import Ticket
from casemill.triage.rules.gather import gather
from casemill.triage.rules.sides import take_apart
from casemill.triage.rules.weigh import Verdict, weigh

NAME = "rules@1"


def judge(ticket: Ticket, taxonomy: Taxonomy) -> Verdict:
    """What the rules say of a masked ticket. Pure: the same ticket and taxonomy give the same verdict."""
    sides = take_apart(ticket)
    return weigh(sides, gather(sides, taxonomy), taxonomy=taxonomy)
