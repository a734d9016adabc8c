"""Each month of a plan brings its tickets."""

from django.utils import timezone

from frontdesk.billing.models import Subscription
from frontdesk.billing.renewal import renew_due_plans
from frontdesk.billing.rounds import Then, go_round


def renew_plans(*, then: Then | None = None) -> int:
    """Give the tickets of all plan periods that have begun; return how many rows were written.

    To be run every few minutes. Run late, twice or side by side, each period is given once;
    offers count a period from its first moment, whether this has run or not. Records no event:
    `then` is called with each row inside its transaction and can. Raises RoundIncomplete.
    """
    return go_round(Subscription.objects.due(timezone.now()), renew_due_plans, then)
