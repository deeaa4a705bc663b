"""Facts that stay: dates, times, amounts, durations, quantities, error codes, article and product ids, public pages."""

import re
from collections.abc import Callable, Iterable, Iterator

from casemill.personal.context import has_any, lower
from casemill.personal.links import links
from casemill.personal.veil import Place
from casemill.personal.words import UNIT_STEMS, UNITS, listed

# Patterns begin with what they look for and look back afterwards: `re` skips quickly to a first character only so.
_NUMBER = r"(?:[0-9]{1,3}(?:[ ,.'\u00a0\u202f][0-9]{3})++(?:[.,][0-9]{1,2})?|[0-9]++(?:[.,][0-9]{1,2})?)"
_NOT_INSIDE = r"(?<![\w.,+(-][0-9])(?<![0-9][ .,-][0-9])"
_MEASURED = re.compile(
    rf"(?=[0-9])(?:[0-9]{_NOT_INSIDE}(?<=[0-9]))".replace("(?=[0-9])", "")
    + r"(?:(?<=[0-9])[0-9]{0,2}(?:[ ,.'\u00a0\u202f][0-9]{3})++(?:[.,][0-9]{1,2})?|[0-9]*+(?:[.,][0-9]{1,2})?)"
    + rf"(?:\s?[-–]\s?{_NUMBER})?[\s\u00a0-]?(?P<unit>[^\W\d_]++|[%$€£₸₽¥₴₹](?!\s?[0-9]))"
)
