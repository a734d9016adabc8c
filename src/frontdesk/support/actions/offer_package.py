"""An administrator puts a package of tickets on sale, changes it or takes it off."""

from django.db import transaction

from frontdesk.billing.actions.save_package import PackageFacts, save_package
from frontdesk.billing.models import Package
from frontdesk.support.actor import Actor
from frontdesk.support.settings import need_administrator, record_setting


def offer_package(*, by: Actor, facts: PackageFacts, package_id: int | None = None) -> Package:
    """Save a package of the provider, a new one without an id, and return it.

    Raises NotAllowed, or billing's BadSetting or NoSuchPackage.
    """
    need_administrator(by)
    with transaction.atomic():
        saved = save_package(provider_id=by.provider_id, package_id=package_id, facts=facts)
        act = "changed" if package_id else "created"
        record_setting("package", saved.pk, act, by=by)
        return saved
