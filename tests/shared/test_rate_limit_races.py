"""Limits hold however many ask at once."""

import pytest

from frontdesk.shared.rate_limit import Rate, count_hit
from tests.threads import at_once, errors_in


@pytest.mark.django_db(transaction=True)
def test_a_limit_does_not_multiply_with_who_counts():
    rate = Rate("race", most=5, seconds=3_600)

    results = at_once(*[lambda: count_hit(rate, "alice")] * 12)

    assert errors_in(results) == ["TooFast"] * 7
