"""What the worker tidies up by the clock: nothing grows without end."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from structlog import get_logger

from frontdesk.shared.rate_limit import forget_old_windows
from frontdesk.support.models import Presence, ServiceImport, Upload
from frontdesk.support.models.presence import PRESENCE_LASTS

logger = get_logger(__name__)

# A form that was not sent in two days is not sent any more.
UPLOADS_KEPT = timedelta(days=2)
# Long enough to look at it, and at what it did.
IMPORTS_KEPT = timedelta(days=2)
# Long enough for an operator to see why a job failed.
FAILED_JOBS_KEPT = timedelta(days=30)


@app.periodic(cron="23 * * * *")
@app.task(name="tidy_up", queueing_lock="tidy_up", pass_context=False)
def tidy_up(timestamp: int = 0) -> dict[str, int]:
    """Delete what has served its time; return how many of each. Once-keys are kept for good."""
    deleted = {
        "uploads": _forget_uploads(),
        "rate_windows": forget_old_windows(),
        "sessions": Session.objects.filter(expire_date__lt=timezone.now()).delete()[0],
        "presence": _forget_presence(),
        "service_imports": _forget_imports(),
        "cache_rows": _forget_cache(),
        "failed_jobs": _forget_failed_jobs(),
    }
    logger.info("tidied_up", **deleted)
    return deleted


def _forget_uploads() -> int:
    old = Upload.objects.filter(created_at__lt=timezone.now() - UPLOADS_KEPT)
    count = 0
    for upload_id in old.values_list("pk", flat=True).iterator():
        with transaction.atomic():
            # Locked and looked at again: the form may be sent at this very moment.
            upload = old.select_for_update(skip_locked=True).filter(pk=upload_id).first()
            if upload is None:
                continue
            key = upload.storage_key
            upload.delete()
        # Only after the commit: a row without its file is worse than a file without its row.
        default_storage.delete(key)
        count += 1
    return count


def _forget_presence() -> int:
    return Presence.objects.filter(seen_at__lt=timezone.now() - PRESENCE_LASTS * 10).delete()[0]


def _forget_imports() -> int:
    old = ServiceImport.objects.filter(created_at__lt=timezone.now() - IMPORTS_KEPT)
    return old.delete()[0]


def _forget_cache() -> int:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM frontdesk_cache WHERE expires < now()")
        return int(cursor.rowcount)


def _forget_failed_jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs AS job"
            " WHERE job.status IN ('failed', 'aborted', 'cancelled', 'succeeded')"
            " AND NOT EXISTS (SELECT FROM procrastinate_events AS event"
            "                  WHERE event.job_id = job.id AND event.at > %s)",
            [timezone.now() - FAILED_JOBS_KEPT],
        )
        return int(cursor.rowcount)
