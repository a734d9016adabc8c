"""Does what a step asked for, by the core's own actions, and tells the dialogue what came of it."""

from dataclasses import dataclass, replace
from tempfile import SpooledTemporaryFile

from django.core.files.base import File as DjangoFile
from django.utils import translation

from frontdesk.accounts.models import TelegramLink
from frontdesk.accounts.telegram_links import end_links, set_language
from frontdesk.billing.consent import Consent
from frontdesk.billing.errors import CannotPay, OfferChanged, PriceNotConfirmed
from frontdesk.channels.telegram.person import Person
from frontdesk.channels.telegram.pricing import fact_of, taken_for
from frontdesk.channels.telegram.steps.given import Given, On, Why
from frontdesk.channels.telegram.steps.says import Act
from frontdesk.channels.telegram.steps.state import Dialogue
from frontdesk.shared.rate_limit import Rate, TooFast, count_hit
from frontdesk.support import errors
from frontdesk.support.actions.close import close
from frontdesk.support.actions.open_ticket import TicketRequest, open_ticket
from frontdesk.support.actions.receive_file import receive_file
from frontdesk.support.actions.remove_file import remove_file
from frontdesk.support.actions.reply import Answer, reply
from frontdesk.support.models import Ticket, Upload

OPENED = Rate("open", most=30, seconds=60)
REPLIED = Rate("reply", most=60, seconds=60)

FILE_REASONS = {
    errors.FileRefused.TOO_LARGE: Why.TOO_LARGE,
    errors.FileRefused.TOO_MANY: Why.TOO_MANY,
    errors.FileRefused.PROGRAM: Why.PROGRAM,
    errors.FileRefused.EMPTY: Why.EMPTY_FILE,
    errors.FileRefused.TOO_MUCH: Why.TOO_MUCH,
    errors.FileRefused.NO_ROOM: Why.NO_ROOM,
    errors.FileRefused.INFECTED: Why.INFECTED,
    errors.FileRefused.UNSCANNED: Why.UNSCANNED,
}
REASONS: dict[type[Exception], Why] = {
    errors.NoSuchDepartment: Why.DEPARTMENT,
    errors.NoSuchService: Why.SERVICE,
    errors.NoSuchAccount: Why.ACCOUNT,
    errors.EmptyMessage: Why.EMPTY,
    errors.MessageTooLong: Why.TOO_LONG,
    errors.TicketSolved: Why.SOLVED,
    # Sent, a file is refused for one reason only: another one took the room meanwhile.
    errors.FileRefused: Why.NO_ROOM,
    Ticket.DoesNotExist: Why.NOT_FOUND,
    TooFast: Why.TOO_FAST,
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that was fetched before the step: its content, or why there is none."""

    content: "SpooledTemporaryFile[bytes] | None" = None
    size: int = 0
    why: Why | None = None


def perform(
    act: Act, *, person: Person, dialogue: Dialogue | None, given: Given, fetched: Fetched | None
) -> Given:
    """Do the act and return what came of it. A refusal by a rule is a result; nothing was done."""
    plain = replace(given, answers=None, mark="", argument="")
    try:
        if act is Act.KEEP_FILE:
            return _keep_file(person, _of(dialogue), plain, fetched)
        if act is Act.OPEN:
            return _opened(person, _of(dialogue), plain)
        if act is Act.REPLY:
            return replace(plain, on=On.REPLIED, number=_reply(person, _of(dialogue)))
        if act is Act.CLOSE:
            return replace(plain, on=On.CLOSED, number=_close(person, given.number_argument))
    except errors.AlreadySent as refusal:
        on = On.REPLIED if act is Act.REPLY else On.OPENED
        return replace(plain, on=on, number=refusal.ticket.pk)
    except tuple(REASONS) as refusal:
        return _refused(plain, refusal, dialogue, given)
    if act is Act.SET_LANGUAGE:
        set_language(person.link, given.argument)
        translation.activate(given.argument)
        return replace(plain, on=On.LANGUAGE_SET)
    end_links(TelegramLink.objects.filter(pk=person.link.pk))
    return replace(plain, on=On.UNLINKED)


def forget_files(person: Person, dialogue: Dialogue) -> None:
    """Remove the files of a dialogue that ended unsent."""
    if dialogue.provider is None or not dialogue.files:
        return
    actor = person.actor(dialogue.provider)
    waiting = Upload.objects.filter(user_id=person.user.pk, key=dialogue.key)
    for upload_id in waiting.values_list("pk", flat=True) if actor else ():
        assert actor is not None
        remove_file(by=actor, upload_id=upload_id)


def _of(dialogue: Dialogue | None) -> Dialogue:
    assert dialogue is not None
    return dialogue


def _keep_file(person: Person, dialogue: Dialogue, given: Given, fetched: Fetched | None) -> Given:
    file = given.file
    assert file is not None
    if fetched is None or fetched.content is None:
        why = fetched.why if fetched and fetched.why else Why.UNREACHABLE
        return replace(given, on=On.FILE_REFUSED, why=why, size=file.size or 0)
    actor = person.actor(dialogue.provider or 0)
    if actor is None:
        raise errors.NoSuchAccount
    fetched.content.seek(0)
    content = DjangoFile(fetched.content, name=file.name)
    content.size = fetched.size
    try:
        receive_file(by=actor, file=content, name=file.name, key=dialogue.key)
    except errors.FileRefused as refusal:
        return replace(
            given,
            on=On.FILE_REFUSED,
            why=FILE_REASONS.get(refusal.reason, Why.UNREACHABLE),
            size=refusal.size,
            limit=refusal.limit,
        )
    return replace(given, on=On.FILE_KEPT)


def _opened(person: Person, dialogue: Dialogue, given: Given) -> Given:
    """Open the ticket, or tell what it takes where that was not agreed to."""
    try:
        number = _open(person, dialogue)
    except (OfferChanged, PriceNotConfirmed, CannotPay) as refusal:
        return replace(given, on=On.PRICED, offer=fact_of(refusal.offer))
    return replace(given, on=On.OPENED, number=number, offer=taken_for(number))


def _open(person: Person, dialogue: Dialogue) -> int:
    actor = person.actor(dialogue.provider or 0)
    if actor is None:
        raise errors.NoSuchAccount
    count_hit(OPENED, f"u{person.user.pk}")
    request = TicketRequest(
        text=dialogue.text,
        department_id=dialogue.department,
        service_id=dialogue.service,
        account_id=dialogue.account,
        subject=dialogue.subject,
        about_id=dialogue.about,
        consent=Consent(shown=dialogue.shown, is_confirmed=dialogue.is_agreed),
    )
    return open_ticket(by=actor, request=request, key=dialogue.key).pk


def _reply(person: Person, dialogue: Dialogue) -> int:
    actor = person.actor(dialogue.provider or 0)
    assert dialogue.ticket is not None
    if actor is None:
        raise Ticket.DoesNotExist
    count_hit(REPLIED, f"u{person.user.pk}")
    answer = Answer(text=dialogue.text)
    reply(by=actor, number=dialogue.ticket, answer=answer, key=dialogue.key)
    return dialogue.ticket


def _close(person: Person, number: int) -> int:
    ticket = person.tickets().only("provider_id").get(pk=number)
    actor = person.actor(ticket.provider_id)
    assert actor is not None
    return close(by=actor, number=number).pk


def _refused(given: Given, refusal: Exception, dialogue: Dialogue | None, first: Given) -> Given:
    number = dialogue.ticket if dialogue and dialogue.ticket else first.number_argument
    limit = refusal.retry_after if isinstance(refusal, TooFast) else 0
    why = next(why for kind, why in REASONS.items() if isinstance(refusal, kind))
    return replace(given, on=On.REFUSED, why=why, number=number, limit=limit)
