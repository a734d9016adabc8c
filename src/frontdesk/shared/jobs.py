"""Leaves work for the worker, in the transaction of the change that makes it."""

from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

from frontdesk.shared.wake import wake_after_commit

# Where the queue's own trigger, which is off, would notify: see the migration of that name.
WORKERS = "procrastinate_any_queue_v1"


def defer(task: str, *, queue: str, **arguments: JSONValue) -> None:
    """Leave a job for the named task; it is gone if the transaction is.

    The worker is woken after the commit; if that is lost it looks by itself within a second.
    """
    job_id = app.configure_task(task, queue=queue).defer(**arguments)
    wake_after_commit(WORKERS, {"type": "job_inserted", "job_id": job_id})
