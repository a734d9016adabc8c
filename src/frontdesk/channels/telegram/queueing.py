"""Turns what a step says into messages to send, in the transaction of the step."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from frontdesk.accounts.models import TelegramLink
from frontdesk.channels.telegram.facts import ticket_address
from frontdesk.channels.telegram.marked import split
from frontdesk.channels.telegram.models import Chat, Kind, Outgoing, SendState
from frontdesk.channels.telegram.steps import texts
from frontdesk.channels.telegram.steps.says import Button, Rows, Say
from frontdesk.channels.telegram.steps.wording import fill
from frontdesk.shared.writing import insert
from frontdesk.support.models import Attachment

ALBUM = 10
# What Telegram takes from a bot, and what as a photo.
UPLOAD_BYTES = 50 * 1024 * 1024
PHOTO_BYTES = 10 * 1024 * 1024
PHOTO_SIDES = 10_000
PHOTO_RATIO = 20
PHOTO_TYPES = frozenset({"image/jpeg", "image/png", "image/webp"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a step speaks: its chat, whose it is, and the message whose button was pressed."""

    chat: Chat
    link: TelegramLink | None
    pressed: int = 0


def queue_says(place: Place, says: tuple[Say, ...], *, goes_on: bool) -> None:
    """Queue the messages of a step; the keyboard of a step that is over is taken away."""
    for say in says:
        row_id = _queue(place, say)
        if say.is_step:
            _move_keyboard(place, row_id, say.slot)
    if not goes_on and place.chat.live is not None:
        _take_buttons(place, place.chat.live)
        place.chat.live, place.chat.live_slot = None, ""


def plain_rows(*, bot_id: int, chat_id: int, link: TelegramLink | None, say: Say) -> list[Outgoing]:
    """Return the unsaved messages of something said outside of any dialogue, with its files."""
    pieces = split(say.html)
    common = {"bot_id": bot_id, "chat_id": chat_id, "link": link, "ticket_id": say.ticket}
    rows = [
        _row(common, Kind.MESSAGE, _payload(piece, say.buttons if last else ()))
        for piece, last in ((piece, piece is pieces[-1]) for piece in pieces)
    ]
    return [*rows, *file_rows(common, say.files)]


def file_rows(common: dict[str, Any], attachment_ids: tuple[int, ...]) -> list[Outgoing]:
    """Return the unsaved rows that send files: photos as photos, several as an album."""
    if not attachment_ids:
        return []
    files = list(Attachment.objects.filter(pk__in=attachment_ids).order_by("pk"))
    small = [file for file in files if file.size <= UPLOAD_BYTES]
    photos = [file.pk for file in small if is_photo(file)]
    documents = [file.pk for file in small if not is_photo(file)]
    albums = [
        _row(common, kind, {}, files=ids[first : first + ALBUM])
        for kind, ids in ((Kind.PHOTOS, photos), (Kind.DOCUMENTS, documents))
        for first in range(0, len(ids), ALBUM)
    ]
    large = (where_it_is(file) for file in files if file.size > UPLOAD_BYTES)
    return [*albums, *(_row(common, Kind.MESSAGE, _payload(html, ())) for html in large)]


def where_it_is(file: Attachment) -> str:
    """Return what is said of a file that Telegram does not take."""
    address = ticket_address(file.message.ticket)
    return fill(texts.FILE_ON_THE_WEB, name=file.name, url=address)


def is_photo(file: Attachment) -> bool:
    """Whether Telegram shows the file as a photo."""
    if file.content_type not in PHOTO_TYPES or not file.width or not file.height:
        return False
    sides = file.width, file.height
    fits = sum(sides) <= PHOTO_SIDES and max(sides) <= PHOTO_RATIO * min(sides)
    return fits and file.size <= PHOTO_BYTES


def _queue(place: Place, say: Say) -> int:
    """Queue one message and return the id of the row that carries its buttons."""
    *first, last = split(say.html)
    payload = _payload(last, say.buttons)
    chat = place.chat
    if say.over_pressed and place.pressed:
        return _save(place, say, Kind.EDIT, payload | {"message_id": place.pressed})
    if say.in_place and chat.live is not None and chat.live_slot == say.slot:
        _edit_live(place, say, payload, chat.live)
        return chat.live
    for piece in first:
        _save(place, say, Kind.MESSAGE, _payload(piece, ()))
    row_id = _save(place, say, Kind.MESSAGE, payload)
    for file_row in file_rows(_common(place, say), say.files):
        file_row.target = row_id
        insert(file_row)
    return row_id


def _edit_live(place: Place, say: Say, payload: dict[str, Any], live: int) -> None:
    """Change the message with the keyboard: as it is queued, else by an edit after it."""
    rows = _waiting_rows(place)
    # An edit that waits goes out after its message, even one that is to be sent again.
    if rows.filter(target=live, kind=Kind.EDIT).update(payload=payload):
        return
    if not rows.filter(pk=live).update(payload=payload):
        _save(place, say, Kind.EDIT, payload, target=live)


def _move_keyboard(place: Place, row_id: int, slot: str) -> None:
    chat = place.chat
    if chat.live is not None and chat.live != row_id:
        _take_buttons(place, chat.live)
    chat.live, chat.live_slot = row_id, slot


def _take_buttons(place: Place, row_id: int) -> None:
    """Take the buttons from an older message; from one that is still queued without a call."""
    rows = _waiting_rows(place)
    row = rows.select_for_update().filter(pk=row_id).first()
    # An edit that waits would bring the buttons back.
    if row is None or rows.filter(target=row_id, kind=Kind.EDIT).exists():
        _save(place, Say(""), Kind.NO_BUTTONS, {}, target=row_id)
        return
    row.payload = {**row.payload, "buttons": []}
    row.save(update_fields=["payload"])


def _waiting_rows(place: Place) -> QuerySet[Outgoing]:
    """Return what waits in the chat and was not begun to be sent."""
    return Outgoing.objects.filter(
        bot_id=place.chat.bot_id, chat_id=place.chat.chat_id, state=SendState.QUEUED
    )


def _save(
    place: Place, say: Say, kind: Kind, payload: dict[str, Any], *, target: int | None = None
) -> int:
    row = _row(_common(place, say), kind, payload)
    row.target = target
    insert(row)
    return int(row.pk)


def _common(place: Place, say: Say) -> dict[str, Any]:
    return {
        "bot_id": place.chat.bot_id,
        "chat_id": place.chat.chat_id,
        "link": place.link,
        "ticket_id": say.ticket,
    }


def _row(
    common: dict[str, Any], kind: Kind, payload: dict[str, Any], files: list[int] | None = None
) -> Outgoing:
    now = timezone.now()
    return Outgoing(
        **common, kind=kind, payload=payload, files=files or [], due_at=now, created_at=now
    )


def _payload(html: str, buttons: Rows) -> dict[str, Any]:
    return {"html": html, "buttons": [[_button(button) for button in row] for row in buttons]}


def _button(button: Button) -> dict[str, str]:
    if button.url:
        return {"text": button.label, "url": button.url}
    return {"text": button.label, "callback_data": button.data}
