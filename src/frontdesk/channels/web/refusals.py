"""The words for what the core refuses: each named error has its sentence here, once."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from frontdesk.channels.web.words import file_size
from frontdesk.support import errors
from frontdesk.support.errors import FileRefused

# Refusals that say the same each time; those with figures have their words below.
SENTENCES: dict[type[errors.Refused], Promise] = {
    errors.EmptyMessage: gettext_lazy("Write your message first."),
    errors.NoSuchDepartment: gettext_lazy(
        "Choose a department, so that the right people read your ticket."
    ),
    errors.NoSuchService: gettext_lazy("Choose one of your services, or none."),
    errors.NoSuchAccount: gettext_lazy("Choose the account this ticket is for."),
    errors.NoSuchAssignee: gettext_lazy("Choose someone who can read this ticket."),
    errors.ReasonMissing: gettext_lazy("Write a reason first."),
}


def words_for(error: errors.Refused) -> str:
    """Return the sentence a person reads for a refusal."""
    match error:
        case errors.MessageTooLong():
            return _(
                "Your message has %(length)s symbols; up to %(limit)s can be sent. "
                "Put the rest in a file."
            ) % {"length": error.length, "limit": error.limit}
        case FileRefused():
            return file_words(error)
        case errors.AlreadySent():
            return _("This was already sent as #%(number)s.") % {"number": error.ticket.pk}
        case errors.BadValue():
            return value_words(error)
        case _:
            return str(SENTENCES.get(type(error), _("This cannot be done.")))


def value_words(error: errors.BadValue) -> str:
    """Return what is wrong with a value of a setting."""
    by_field = {
        ("email", error.MISSING): _("Write an e-mail address."),
        ("email", error.UNKNOWN): _("Write a whole e-mail address, such as name@example.com."),
        ("email", error.TAKEN): _("This person is here already."),
        ("support_email", error.UNKNOWN): _(
            "Write a whole e-mail address, such as help@example.com, or none."
        ),
        ("account_name", error.MISSING): _("Write the client’s name."),
        ("external_id", error.TAKEN): _("Another client has this id."),
        ("external_id", error.UNKNOWN): _("Use symbols that can be seen only."),
        ("token", error.MISSING): _("Paste the bot’s token first."),
        ("token", error.UNKNOWN): _(
            "This is no token. Copy the whole line that @BotFather wrote, such as 123456:ABC-def."
        ),
        ("token", error.TAKEN): _(
            "This bot is already connected elsewhere in this installation. Disconnect it there "
            "first, or make a new one with @BotFather."
        ),
        ("max_account", error.UNKNOWN): _(
            "Write a number of GB, such as 20; at least the size of one file."
        ),
        ("most_symbols", error.UNKNOWN): _("Write a number from 1 to 4096."),
        ("most_files", error.UNKNOWN): _("Write a number from 1 to 10."),
        ("service_id", error.TAKEN): _("Another service has this id already."),
        ("expires_on", error.UNKNOWN): _("This is no day. Write it like 2027-01-31, or none."),
        ("week", error.NEVER): _("Write hours for one day at least."),
        ("answer_within", error.UNKNOWN): _("Write a number from 1 to 500 hours, or none."),
        ("holidays", error.UNKNOWN): _("Write each day like 2027-01-01."),
        ("holidays", error.TOO_LONG): _("These are too many days: up to 400 can be closed."),
        ("time_zone", error.UNKNOWN): _("Choose a time zone from the list."),
        ("logo", error.TOO_LARGE): _("This image is too large: up to 2 MB and 4000 x 4000 pixels."),
    }
    by_reason = {
        error.MISSING: _("Fill this in."),
        error.TOO_LONG: _("This is too long."),
        error.TAKEN: _("There is one with this name already."),
        error.UNKNOWN: _("Choose one from the list."),
        error.LAST_ADMINISTRATOR: _("One administrator must stay. Appoint another one first."),
        error.ENDS_BEFORE_START: _("The end must come after the start. Write 24:00 for midnight."),
        error.OVERLAPS: _("These hours overlap. Write each hour of the day once."),
        error.NEVER: _("With these hours no answer would ever be due."),
        error.NOT_AN_IMAGE: _("This is neither a PNG nor a WebP image."),
    }
    return by_field.get((error.field, error.reason)) or by_reason[error.reason]


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
        case FileRefused.NO_ROOM:
            return _(
                "%(name)s was not added: all files of the account may have %(limit)s together, "
                "and there is no room left. Send a link, or ask your provider for more room."
            ) % {"name": error.name, "limit": limit}
        case FileRefused.INFECTED:
            return _(
                "%(name)s was not added: a virus was found in it. Check the device it comes from."
            ) % {"name": error.name}
        case FileRefused.UNSCANNED:
            return _(
                "%(name)s was not added: files cannot be checked for viruses just now. Try again "
                "in a few minutes, or send your message without it."
            ) % {"name": error.name}
        case FileRefused.EMPTY:
            return _("%(name)s is empty, so it was not added.") % {"name": error.name}
        case _:
            return _(
                "%(name)s was not added: files that wait in unsent forms may have %(limit)s in all."
            ) % {"name": error.name, "limit": limit}
