"""Every kind of number that is known by the word before it, found in one pass over the words of a text."""

from casemill.personal.numbered import (
    accounts,
    devices,
    documents,
    orders,
    places,
    plates,
    postcodes,
    secrets,
    tickets,
)
from casemill.personal.numbered.reading import Kinds

# The order is the rank of kinds that the same word announces.
KINDS = Kinds(
    kind
    for module in (documents, secrets, postcodes, accounts, devices, plates, places, tickets, orders)
    for kind in module.KINDS
)
