"""The words for what the core refuses: each named error has its sentence here, once."""

from django.utils.translation import gettext as _

from frontdesk.channels.web.words import file_size
from frontdesk.support import errors
from frontdesk.support.errors import FileRefused


def words_for(error: errors.Refused) -> str:
    """Return the sentence a person reads for a refusal."""
    match error:
        case errors.EmptyMessage():
            return _("Write your message first.")
        case errors.MessageTooLong():
            return _(
                "Your message has %(length)s symbols; up to %(limit)s can be sent. "
                "Put the rest in a file."
            ) % {"length": error.length, "limit": error.limit}
        case errors.NoSuchDepartment():
            return _("Choose a department, so that the right people read your ticket.")
        case errors.NoSuchService():
            return _("Choose one of your services, or none.")
        case errors.NoSuchAccount():
            return _("Choose the account this ticket is for.")
        case errors.NoSuchAssignee():
            return _("Choose someone who can read this ticket.")
        case errors.ReasonMissing():
            return _("Write a reason first.")
        case FileRefused():
            return file_words(error)
        case errors.AlreadySent():
            return _("This was already sent as #%(number)s.") % {"number": error.ticket.pk}
        case _:
            return _("This cannot be done.")


def file_words(error: FileRefused) -> str:
    """Return why a file cannot be sent, with the figures."""
    limit = file_size(error.limit)
    match error.reason:
        case FileRefused.TOO_LARGE:
            return _(
                "%(name)s is %(size)s; files may be up to %(limit)s. Your message is kept. "
                "Remove the file or send a link."
            ) % {"name": error.name, "size": file_size(error.size), "limit": limit}
        case FileRefused.TOO_MANY:
            return _(
                "%(name)s was not added: up to %(limit)s files can be sent. "
                "Those before it are kept."
            ) % {"name": error.name, "limit": error.limit}
        case FileRefused.PROGRAM:
            return _(
                "%(name)s cannot be sent: programs are not accepted. Put it in an archive, "
                "or describe what it does."
            ) % {"name": error.name}
        case FileRefused.EMPTY:
            return _("%(name)s is empty, so it was not added.") % {"name": error.name}
        case _:
            return _(
                "%(name)s was not added: files that wait in unsent forms may have %(limit)s in all."
            ) % {"name": error.name, "limit": limit}
