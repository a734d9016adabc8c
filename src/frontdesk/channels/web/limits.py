"""How often a person may act on the web; counted in the database for all processes."""

from django.conf import settings
from django.http import HttpRequest

from frontdesk.channels.web.address import client_address
from frontdesk.channels.web.visit import ClientVisit, StaffVisit
from frontdesk.shared.rate_limit import Rate, count_hit

# An office behind one address must be able to work; a script must not flood a provider.
OPEN_TICKET = Rate("open", most=30, seconds=60)
REPLY = Rate("reply", most=60, seconds=60)
UPLOAD = Rate("upload", most=120, seconds=60)
# Each sends a mail to an address that somebody typed; a head brings in many clients in a day.
INVITE_CLIENT = Rate("invite_client", most=200, seconds=3600)
PER_ADDRESS = 10


def limit(rate: Rate, request: HttpRequest, visit: ClientVisit | StaffVisit) -> None:
    """Count one act of this person and of his address. Raises TooFast past either limit."""
    if settings.BENCHMARK:
        return
    count_hit(rate, f"u{visit.user.pk}")
    if address := client_address(request):
        count_hit(Rate(rate.name, rate.most * PER_ADDRESS, rate.seconds), f"a{address}")
