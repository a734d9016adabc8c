"""Staff add a service to an account by hand, or change one."""

from dataclasses import asdict

from django.db import IntegrityError, transaction

from frontdesk.accounts.models import Account, Service
from frontdesk.support import errors
from frontdesk.support.actions.put_account import checked_id
from frontdesk.support.actions.put_service import ServiceFacts, checked_facts
from frontdesk.support.actor import Actor
from frontdesk.support.settings import record_setting


def save_service(
    *,
    by: Actor,
    account_id: int,
    external_id: str,
    facts: ServiceFacts,
    service_id: int | None = None,
) -> Service:
    """Save a service of an account of the provider, a new one without `service_id`; return it.

    Unlike put_service it may change the id, and takes no service that is there for a new one.
    Raises NotAllowed, Account.DoesNotExist, Service.DoesNotExist or BadValue.
    """
    provider_id = by.staff.provider_id
    fields = {"external_id": checked_id("service_id", external_id), **asdict(checked_facts(facts))}
    try:
        with transaction.atomic():
            account = Account.objects.get(pk=account_id, provider_id=provider_id)
            service = _load(account, service_id)
            changed = [name for name, value in fields.items() if getattr(service, name) != value]
            for name in changed:
                setattr(service, name, fields[name])
            if service_id is None or changed:
                service.save()
                act = "changed" if service_id else "created"
                record_setting("service", service.pk, act, by=by)
            return service
    except IntegrityError as error:
        if "service_id_unique" in str(error):
            raise errors.BadValue("service_id", errors.BadValue.TAKEN) from None
        raise


def _load(account: Account, service_id: int | None) -> Service:
    if service_id is None:
        return Service(account=account, provider_id=account.provider_id)
    own = Service.objects.filter(account=account).select_for_update(of=("self",), no_key=True)
    return own.get(pk=service_id)
