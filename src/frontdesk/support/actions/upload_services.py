"""Heads and administrators upload a list of services to look at before it is imported."""

from frontdesk.shared.text import storable
from frontdesk.support.actor import Actor
from frontdesk.support.models import ServiceImport
from frontdesk.support.service_file import read_services
from frontdesk.support.settings import need_head

NAME_LENGTH = 120


def upload_services(*, by: Actor, name: str, content: bytes) -> ServiceImport:
    """Keep the file for its preview and return it; no service is changed.

    Raises NotAllowed, or BadServiceFile.
    """
    need_head(by)
    read_services(content)
    return ServiceImport.objects.create(
        provider_id=by.provider_id,
        by=by.user,
        name=" ".join(storable(name).split())[:NAME_LENGTH],
        content=content,
    )
