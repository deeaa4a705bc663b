"""The detectors together: their order, and what makes them worth asking."""

import pytest

from casemill.errors import UsageError
from casemill.personal.detectors import DETECTORS, detectors


def test_every_detector_says_what_it_needs_and_the_order_is_fixed() -> None:
    assert [DETECTORS.get(name) for name in DETECTORS.names()] == list(detectors())
    assert DETECTORS.names()[:3] == ("url", "email", "iban")
    with pytest.raises(UsageError, match="no detector named 'emial'"):
        DETECTORS.get("emial")
