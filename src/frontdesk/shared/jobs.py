"""Leaves work for the worker, in the transaction of the change that makes it."""

import json

from procrastinate.types import JSONValue

from frontdesk.shared.composed import Composed
from frontdesk.shared.wake import wake_after_commit

# Where the queue's own trigger, which is off, would notify: see the migration of that name.
WORKERS = "procrastinate_any_queue_v1"
# The function by which the queue's library defers, too; composing the call for each job
# takes the library longer than the job's row.
DEFERRED = (
    "(procrastinate_defer_jobs_v1(ARRAY[ROW({queue}, {task}, 0, NULL, NULL, {arguments}, NULL)"
    "::procrastinate_job_to_defer_v1]))[1]"
)
DEFER = "SELECT " + DEFERRED.format(queue="%s::text", task="%s::text", arguments="%s::jsonb")


def defer(task: str, *, queue: str, **arguments: JSONValue) -> None:
    """Leave a job for the named task; it is gone if the transaction is.

    The worker is woken after the commit; if that is lost it looks by itself within a second.
    """
    [(job_id,)] = Composed(DEFER, (queue, task, json.dumps(arguments))).rows()
    wake_worker(job_id)


def wake_worker(job_id: int) -> None:
    """Tell the worker of a job once this transaction is in."""
    wake_after_commit(WORKERS, {"type": "job_inserted", "job_id": job_id})
