"""Heads and administrators import a list of services, exactly as they saw it."""

from dataclasses import asdict

from django.db import IntegrityError, transaction
from django.utils import timezone

from frontdesk.accounts.models import Service
from frontdesk.support import errors
from frontdesk.support.actor import Actor
from frontdesk.support.models import ServiceImport
from frontdesk.support.service_file import read_services
from frontdesk.support.service_plan import FIELDS, Line, Outcome, Plan, plan_services
from frontdesk.support.settings import need_head, record_settings

BATCH = 2000


class ServicesChanged(errors.Refused):
    """The import would do something else than was shown, because services or accounts changed."""


def import_services(*, by: Actor, import_id: int, digest: str) -> ServiceImport:
    """Add and change what the plan with this digest says, all or nothing, and return the import.

    Refused rows are left out. Done once: again it changes nothing and returns the same.
    Raises NotAllowed, ServiceImport.DoesNotExist or ServicesChanged.
    """
    need_head(by)
    try:
        with transaction.atomic():
            own = ServiceImport.objects.filter(provider_id=by.provider_id)
            upload = own.select_for_update(of=("self",), no_key=True).get(pk=import_id)
            if upload.applied_at is None:
                rows = read_services(bytes(upload.content))
                plan = plan_services(by.provider_id, rows, is_locked=True)
                if plan.digest != digest:
                    raise ServicesChanged
                _apply(upload, plan, by=by)
            return upload
    except IntegrityError as error:
        # Somebody added a service with one of the ids at this very moment.
        if "service_id_unique" in str(error):
            raise ServicesChanged from None
        raise


def _apply(upload: ServiceImport, plan: Plan, *, by: Actor) -> None:
    new = [_service(line, by) for line in plan.of(Outcome.NEW)]
    changed = [_service(line, by) for line in plan.of(Outcome.CHANGED)]
    Service.objects.bulk_create(new, batch_size=BATCH)
    # They are there and locked, so that each only conflicts with itself and is updated.
    Service.objects.bulk_create(
        changed,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=list(FIELDS),
    )
    acts = [(service.pk, "created") for service in new]
    acts += [(service.pk, "changed") for service in changed]
    record_settings("service", acts, by=by)
    upload.applied_at = timezone.now()
    upload.created_count, upload.changed_count = len(new), len(changed)
    upload.save(update_fields=["applied_at", "created_count", "changed_count"])


def _service(line: Line, by: Actor) -> Service:
    assert line.facts is not None
    return Service(
        pk=line.service_pk,
        provider_id=by.provider_id,
        account=line.account,
        external_id=line.external_id,
        **asdict(line.facts),
    )
