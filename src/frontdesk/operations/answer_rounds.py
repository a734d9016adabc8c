"""What the worker does about answers by the clock: late ones give back what their tickets took."""

from procrastinate.contrib.django import app
from structlog import get_logger

from frontdesk.support.late_answers import settle_promises

logger = get_logger(__name__)


@app.periodic(cron="3-59/5 * * * *")
@app.task(name="settle_promises", queueing_lock="settle_promises", pass_context=False)
def settle_promises_round(timestamp: int = 0) -> int:
    """Settle the promises whose time has passed; return how many gave something back."""
    tickets = settle_promises()
    logger.info("promises_settled", given_back=tickets)
    return tickets
