"""The queue notifies after the commit, not in it."""

from django.db import migrations

TRIGGER = "TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1"


class Migration(migrations.Migration):
    """A transaction that notifies holds one lock of the whole server while it is written to disk.

    With the queue's own trigger 8 clients committed 150 changes a second, without it 600; the
    wake is `frontdesk.shared.jobs.defer`.
    """

    dependencies = [
        ("shared", "0001_cache_and_counters"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]

    operations = [
        migrations.RunSQL(
            f"ALTER TABLE procrastinate_jobs DISABLE {TRIGGER}",
            f"ALTER TABLE procrastinate_jobs ENABLE {TRIGGER}",
        )
    ]
