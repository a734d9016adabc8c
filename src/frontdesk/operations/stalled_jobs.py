"""Puts back the jobs of a worker that was killed: no job is lost with it."""

from django.db import connection

# Another worker may do the same at the same moment: each row is decided once, under its lock.
PUT_BACK = """
UPDATE procrastinate_jobs AS stalled
   SET status = CASE WHEN EXISTS (
                    SELECT FROM procrastinate_jobs AS waiting
                     WHERE waiting.queueing_lock = stalled.queueing_lock
                       AND waiting.status = 'todo')
                THEN 'failed' ELSE 'todo' END::procrastinate_job_status,
       attempts = attempts + 1, worker_id = NULL
 WHERE stalled.status = 'doing'
   AND NOT EXISTS (
       SELECT FROM procrastinate_workers AS worker
        WHERE worker.id = stalled.worker_id
          AND worker.last_heartbeat > now() - make_interval(secs => %s))
RETURNING stalled.id
"""


def put_back_stalled_jobs(*, dead_after_seconds: float) -> list[int]:
    """Make the jobs of silent workers due again; return their ids.

    A job whose queueing lock waits in the queue once more has been replaced: it is given up.
    """
    with connection.cursor() as cursor:
        cursor.execute(PUT_BACK, [dead_after_seconds])
        return [row[0] for row in cursor.fetchall()]
