"""Figures for Prometheus, read from the database: the same from whichever process is asked."""

from collections.abc import Iterable

from django.db import connection
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from frontdesk.operations.queue import jobs_by_status, oldest_due_seconds, worker_silent_seconds

# Counting rows takes longer the more there are; the planner's estimate does not.
COUNTED_TABLES = ("support_ticket", "support_message", "support_event", "accounts_user")


def figures() -> tuple[bytes, str]:
    """Return the figures in Prometheus' text format, and its content type."""
    registry = CollectorRegistry()
    registry.register(_FromDatabase())
    return generate_latest(registry), CONTENT_TYPE_LATEST


class _FromDatabase(Collector):
    def collect(self) -> Iterable[Metric]:
        yield from _queue()
        yield from _database()


def _queue() -> Iterable[Metric]:
    jobs = GaugeMetricFamily("frontdesk_jobs", "Jobs in the queue", labels=["queue", "status"])
    for queue, status, count in jobs_by_status():
        jobs.add_metric([queue, status], count)
    yield jobs
    yield GaugeMetricFamily(
        "frontdesk_oldest_job_seconds", "Wait of the oldest due job", oldest_due_seconds()
    )
    if (silent := worker_silent_seconds()) is not None:
        yield GaugeMetricFamily(
            "frontdesk_worker_silent_seconds", "Since a worker was last heard of", silent
        )


def _database() -> Iterable[Metric]:
    rows = GaugeMetricFamily("frontdesk_rows", "Rows, estimated", labels=["table"])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, greatest(reltuples, 0) FROM pg_class"
            " WHERE relname = ANY(%s) AND relnamespace = current_schema()::regnamespace",
            [list(COUNTED_TABLES)],
        )
        for table, count in cursor.fetchall():
            rows.add_metric([table], count)
        cursor.execute("SELECT pg_database_size(current_database())")
        (size,) = cursor.fetchone()
        cursor.execute(
            "SELECT coalesce(state, 'other'), count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() GROUP BY 1"
        )
        connections = GaugeMetricFamily(
            "frontdesk_database_connections", "Connections by state", labels=["state"]
        )
        for state, count in cursor.fetchall():
            connections.add_metric([state], count)
    yield rows
    yield connections
    yield GaugeMetricFamily("frontdesk_database_bytes", "Size of the database", size)
