"""The worker: runs the jobs that changes left behind, and those that come round by the clock."""

import asyncio
import contextlib

from asgiref.sync import sync_to_async
from django.db import DatabaseError
from procrastinate import App
from procrastinate.contrib.django import app as django_app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector
from structlog import get_logger

from frontdesk.operations.stalled_jobs import put_back_stalled_jobs

logger = get_logger(__name__)

JOBS_AT_ONCE = 4
# A wake that was lost costs no more than this.
LOOK_SECONDS = 1.0
HEARTBEAT_SECONDS = 2.0
# A worker that has been silent for so long is dead, and its jobs are run again.
DEAD_AFTER_SECONDS = 10.0
STOP_SECONDS = 2.0


def run_worker() -> None:
    """Run jobs until told to stop."""
    asyncio.run(_work())


async def _work() -> None:
    worker = _worker_app()
    async with worker.open_async():
        rescue = asyncio.create_task(_rescue_jobs())
        try:
            await worker.run_worker_async(
                concurrency=JOBS_AT_ONCE,
                fetch_job_polling_interval=LOOK_SECONDS,
                update_heartbeat_interval=HEARTBEAT_SECONDS,
                stalled_worker_timeout=DEAD_AFTER_SECONDS,
                shutdown_graceful_timeout=STOP_SECONDS,
                delete_jobs="successful",
            )
        finally:
            rescue.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await rescue


def _worker_app() -> App:
    """Return the app with connections for waiting on.

    Its tasks stay the first app's: a job deferred inside a job joins Django's transaction.
    """
    django_app.perform_import_paths()  # type: ignore[no-untyped-call]  # the library has no types here
    worker = App(
        connector=PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=4),
        import_paths=django_app.import_paths,
        worker_defaults=django_app.worker_defaults,
    )
    worker.tasks = django_app.tasks
    worker.periodic_registry = django_app.periodic_registry
    return worker


async def _rescue_jobs() -> None:
    while True:
        try:
            put_back = await sync_to_async(put_back_stalled_jobs)(
                dead_after_seconds=DEAD_AFTER_SECONDS
            )
        except DatabaseError:
            logger.warning("stalled_jobs_not_seen", exc_info=True)
        else:
            if put_back:
                logger.warning("stalled_jobs_put_back", jobs=put_back)
        await asyncio.sleep(HEARTBEAT_SECONDS)
