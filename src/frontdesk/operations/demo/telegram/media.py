"""Photos, documents and albums that the bot sends."""

from io import BytesIO
from typing import Any

from PIL import Image, UnidentifiedImageError

from frontdesk.operations.demo.telegram import parameters
from frontdesk.operations.demo.telegram.failures import ApiError, bad_request
from frontdesk.operations.demo.telegram.parameters import Fields, Sent
from frontdesk.operations.demo.telegram.world import Json, SandboxBot, Shown, StoredFile, World

PHOTO_BYTES = 10 * 1024 * 1024
UPLOAD_BYTES = 50 * 1024 * 1024
PHOTO_SIDES = 10_000
PHOTO_RATIO = 20
ALBUM = range(2, 11)
Files = dict[str, Sent]


async def send_photo(world: World, bot: SandboxBot, fields: Fields, files: Files) -> Json:
    """An image as a photo."""
    return _send_one(world, bot, fields, _photo(world, _sent(fields, files, "photo")), "photo")


async def send_document(world: World, bot: SandboxBot, fields: Fields, files: Files) -> Json:
    """Any file as it is."""
    file = _document(world, _sent(fields, files, "document"))
    return _send_one(world, bot, fields, file, "document")


async def send_media_group(
    world: World, bot: SandboxBot, fields: Fields, files: Files
) -> list[Json]:
    """Two to ten photos, or as many documents, as one album."""
    media = parameters.structure(fields, "media") or []
    if len(media) not in ALBUM:
        raise bad_request("there must be 2 to 10 messages in an album")
    kinds = {item.get("type") for item in media}
    if kinds not in ({"photo"}, {"document"}):
        raise bad_request("document can't be mixed with other media types")
    kind = kinds.pop()
    group = world.new_id()
    stored = [
        (_photo if kind == "photo" else _document)(world, _sent(item, files, "media"))
        for item in media
    ]
    return [_send_one(world, bot, fields, file, kind, album=group) for file in stored]


def photo_sizes(file: StoredFile) -> list[Json]:
    """Return the sizes that Telegram tells of a photo; both are the one we have."""
    size = {
        "file_id": file.file_id,
        "file_unique_id": file.file_id[:8],
        "file_size": len(file.content),
        "width": file.width,
        "height": file.height,
    }
    return [size | {"width": max(1, file.width // 4), "height": max(1, file.height // 4)}, size]


def document_fields(file: StoredFile) -> Json:
    """Return what Telegram tells of a document."""
    return {
        "file_id": file.file_id,
        "file_unique_id": file.file_id[:8],
        "file_name": file.name,
        "mime_type": file.content_type,
        "file_size": len(file.content),
    }


def image_size(content: bytes) -> tuple[int, int] | None:
    """Return width and height in pixels of an image that can be a photo; None of anything else."""
    try:
        with Image.open(BytesIO(content), formats=["JPEG", "PNG", "WEBP"]) as image:
            return image.size
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return None


def _send_one(
    world: World, bot: SandboxBot, fields: Fields, file: StoredFile, kind: str, album: str = ""
) -> Json:
    person = parameters.reader(world, bot, fields)
    caption, entities = parameters.marked_text(fields, "caption", parameters.CAPTION_UNITS)
    message = world.new_message(person, bot.as_user())
    message[kind] = photo_sizes(file) if kind == "photo" else document_fields(file)
    message |= {"caption": caption} if caption else {}
    message |= {"caption_entities": entities} if entities else {}
    message |= {"media_group_id": album} if album else {}
    message |= parameters.keyboard(fields)
    message |= parameters.reply_to(world, bot, person.id, fields)
    html = parameters.html_of(fields, "caption")
    return world.show(
        bot, person.id, Shown(message, is_from_bot=True, html=html, files=[file])
    ).message


def _sent(fields: dict[str, Any], files: Files, name: str) -> Sent:
    """Return the file that a field names: attached, or the whole field is the file."""
    value = str(fields.get(name) or "")
    sent = files.get(value.removeprefix("attach://")) or files.get(name)
    if sent is None:
        raise bad_request(f"there is no {name} in the request")
    if not sent.content:
        raise bad_request("file must be non-empty")
    if len(sent.content) > UPLOAD_BYTES:
        raise ApiError(413, "Request Entity Too Large")
    return sent


def _photo(world: World, sent: Sent) -> StoredFile:
    size = image_size(sent.content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = size
    if len(sent.content) > PHOTO_BYTES:
        raise bad_request("too big for a photo")
    if width + height > PHOTO_SIDES or max(size) > PHOTO_RATIO * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return world.store(
        StoredFile(world.new_id(), sent.name, sent.content, sent.content_type, width, height)
    )


def _document(world: World, sent: Sent) -> StoredFile:
    return world.store(StoredFile(world.new_id(), sent.name, sent.content, sent.content_type))
