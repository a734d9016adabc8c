"""Reads the job queue: how long jobs wait, and when a worker was last heard of."""

from django.db import connection

OLDEST_DUE = """
SELECT coalesce(extract(epoch FROM now() - greatest(job.scheduled_at, deferred.at)), 0)
  FROM procrastinate_jobs AS job
  LEFT JOIN procrastinate_events AS deferred
    ON deferred.job_id = job.id AND deferred.type = 'deferred'
 WHERE job.status = 'todo' AND (job.scheduled_at IS NULL OR job.scheduled_at <= now())
 ORDER BY job.id LIMIT 1
"""


def oldest_due_seconds() -> float:
    """Return how long the oldest job that could run has waited; 0 when none waits."""
    with connection.cursor() as cursor:
        cursor.execute(OLDEST_DUE)
        row = cursor.fetchone()
    return max(float(row[0]), 0.0) if row else 0.0


def worker_silent_seconds() -> float | None:
    """Return how long ago a worker was last heard of; None when none is known."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT extract(epoch FROM now() - max(last_heartbeat)) FROM procrastinate_workers"
        )
        (seconds,) = cursor.fetchone()
    return None if seconds is None else float(seconds)


def jobs_by_status() -> list[tuple[str, str, int]]:
    """Return queue, status and number of jobs; finished ones are deleted, so it is short."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT queue_name, status::text, count(*) FROM procrastinate_jobs GROUP BY 1, 2"
        )
        return [(queue, status, count) for queue, status, count in cursor.fetchall()]
