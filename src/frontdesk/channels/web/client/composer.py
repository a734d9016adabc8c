"""The composer under a thread: what was typed and not sent yet."""

from dataclasses import dataclass, field
from typing import Self

from django.http import HttpRequest

from frontdesk.channels.web.client.forms import RefusedFiles
from frontdesk.channels.web.client.one_ticket import OneTicket
from frontdesk.channels.web.composing import form_key, take_files
from frontdesk.channels.web.visit import ClientVisit
from frontdesk.support.actions.save_draft import new_key
from frontdesk.support.models import DraftKind
from frontdesk.support.once import form_scope, is_claimed


@dataclass(slots=True)
class ReplyForm:
    """A reply exactly as it was typed. `refused` are files with the reason, `has_files` says
    whether some may wait under the key."""

    key: str
    message: str = ""
    has_files: bool = True
    error: str = ""
    refused: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def of_draft(cls, found: OneTicket) -> Self:
        """Return what the reader typed before and did not send, or an empty form."""
        if unsent := found.unsent:
            return cls(unsent["key"], unsent["text"], has_files=unsent["has_files"])
        return cls(new_key(), has_files=False)

    @classmethod
    def posted(cls, request: HttpRequest, visit: ClientVisit) -> Self:
        """Return what was posted and store its files; those of a repeat are stored already."""
        form = cls(form_key(request), request.POST.get("message", ""))
        if request.FILES and is_claimed(form_scope(visit.actor, DraftKind.REPLY), form.key):
            return form
        if refused := take_files(request, visit, form.key):
            told = RefusedFiles.of(refused, chosen=len(request.FILES.getlist("files")))
            form.refused, form.error = told.rows, told.summary
        return form
