"""The provider's billing, or a list of it, says which services a client has."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from frontdesk.accounts.models import Account, Service
from frontdesk.accounts.models.service import ServiceKind, ServiceStatus
from frontdesk.support import errors
from frontdesk.support.actions.put_account import checked_id
from frontdesk.support.actor import Actor
from frontdesk.support.settings import need_head, one_line, record_setting

NAME_LENGTH = 120
# A day outside of these was mistyped.
EARLIEST, LATEST = date(1990, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """What is known of a service."""

    name: str
    kind: str = ServiceKind.OTHER
    plan: str = ""
    status: str = ServiceStatus.ACTIVE
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class PutService:
    """The service as it is now, and whether it was made by this."""

    service: Service
    is_new: bool


def put_service(*, by: Actor, account_id: int, external_id: str, facts: ServiceFacts) -> PutService:
    """Add the service with this id to an account of the provider, or bring it up to date.

    A service stays with its account: its tickets do. Raises BadValue (`service_id` taken: it
    is another account's), NotAllowed or Account.DoesNotExist.
    """
    need_head(by)
    external_id = checked_id("service_id", external_id)
    fields = asdict(checked_facts(facts))
    with transaction.atomic():
        account = Account.objects.get(pk=account_id, provider_id=by.staff.provider_id)
        services = Service.objects.select_for_update(of=("self",), no_key=True)
        service, is_new = services.get_or_create(
            provider_id=account.provider_id,
            external_id=external_id,
            defaults={"account": account, **fields},
        )
        if service.account_id != account.pk:
            raise errors.BadValue("service_id", errors.BadValue.TAKEN)
        changed = [name for name, value in fields.items() if getattr(service, name) != value]
        for name in changed:
            setattr(service, name, fields[name])
        if changed:
            service.save(update_fields=changed)
        if is_new or changed:
            record_setting("service", service.pk, "created" if is_new else "changed", by=by)
        return PutService(service, is_new)


def checked_facts(facts: ServiceFacts) -> ServiceFacts:
    """Return the facts as they are kept. Raises BadValue."""
    if facts.kind not in ServiceKind.values:
        raise errors.BadValue("kind", errors.BadValue.UNKNOWN)
    if facts.status not in ServiceStatus.values:
        raise errors.BadValue("status", errors.BadValue.UNKNOWN)
    if facts.expires_on and not EARLIEST <= facts.expires_on <= LATEST:
        raise errors.BadValue("expires_on", errors.BadValue.UNKNOWN)
    return ServiceFacts(
        name=one_line("name", facts.name, most=NAME_LENGTH),
        kind=facts.kind,
        plan=one_line("plan", facts.plan, most=NAME_LENGTH, may_be_empty=True),
        status=facts.status,
        expires_on=facts.expires_on,
    )
