"""What the worker does about money by the clock: plans bring tickets, expired ones lapse."""

from procrastinate.contrib.django import app
from structlog import get_logger

from frontdesk.billing.actions.lapse_lots import lapse_lots
from frontdesk.billing.actions.renew_plans import renew_plans
from frontdesk.billing.actions.warn_of_lapse import warn_of_lapse
from frontdesk.support.money import record_entry, record_lapse_soon

logger = get_logger(__name__)

# Offers are right without these: they only bring the ledger up to the day. Each is right late,
# twice and side by side, and the next round does what failed in this one.


@app.periodic(cron="*/5 * * * *")
@app.task(name="renew_plans", queueing_lock="renew_plans", pass_context=False)
def renew_plans_round(timestamp: int = 0) -> int:
    """Give the tickets of plan months that have begun; return how many rows were written."""
    rows = renew_plans(then=record_entry)
    logger.info("plans_renewed", rows=rows)
    return rows


@app.periodic(cron="2-59/5 * * * *")
@app.task(name="lapse_lots", queueing_lock="lapse_lots", pass_context=False)
def lapse_lots_round(timestamp: int = 0) -> int:
    """Write off tickets that have expired; return how many rows were written."""
    rows = lapse_lots(then=record_entry)
    logger.info("lots_lapsed", rows=rows)
    return rows


@app.periodic(cron="4-59/5 * * * *")
@app.task(name="warn_of_lapse", queueing_lock="warn_of_lapse", pass_context=False)
def warn_of_lapse_round(timestamp: int = 0) -> int:
    """Tell owners of tickets that lapse soon; return of how many lots."""
    lots = warn_of_lapse(tell=record_lapse_soon)
    logger.info("lapses_warned_of", lots=lots)
    return lots
