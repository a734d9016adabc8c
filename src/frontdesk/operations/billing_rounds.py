"""What the worker does about money by the clock: plans bring tickets, expired ones lapse."""

from procrastinate.contrib.django import app
from structlog import get_logger

from frontdesk.billing.actions.lapse_lots import lapse_lots
from frontdesk.billing.actions.renew_plans import renew_plans

logger = get_logger(__name__)

# Offers are right without these: they only bring the ledger up to the day. Each is right late,
# twice and side by side, and the next round does what failed in this one.


@app.periodic(cron="*/5 * * * *")
@app.task(name="renew_plans", queueing_lock="renew_plans", pass_context=False)
def renew_plans_round(timestamp: int = 0) -> int:
    """Give the tickets of plan months that have begun; return how many rows were written."""
    rows = renew_plans()
    logger.info("plans_renewed", rows=rows)
    return rows


@app.periodic(cron="2-59/5 * * * *")
@app.task(name="lapse_lots", queueing_lock="lapse_lots", pass_context=False)
def lapse_lots_round(timestamp: int = 0) -> int:
    """Write off tickets that have expired; return how many rows were written."""
    rows = lapse_lots()
    logger.info("lots_lapsed", rows=rows)
    return rows
