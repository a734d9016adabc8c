"""A file arrives for a form that is not sent yet."""

import hashlib
import re
import secrets
import unicodedata

import structlog
from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from frontdesk.accounts.models import Provider, User
from frontdesk.shared.virus_scan import ScannerTrouble, find_virus
from frontdesk.support.actor import Actor
from frontdesk.support.errors import FileRefused
from frontdesk.support.files import HEAD_BYTES, is_program, tell
from frontdesk.support.models import Upload
from frontdesk.support.once import check_key
from frontdesk.support.room import Load, need_room

log = structlog.get_logger()

NAME_LENGTH = 150
PATH_SIGNS = re.compile(r'[\\/:*?"<>|]+')
# What one person may have waiting in forms that were never sent.
MOST_WAITING_BYTES = 1024 * 1024 * 1024


def receive_file(*, by: Actor, file: "File[bytes]", name: str, key: str) -> Upload:
    """Store the file for the form with this key and return its row; the same file again
    returns the same row, as a form sent twice at once brings its files twice.

    Raises BadKey, or FileRefused with the reason and the figures; then nothing is stored.
    """
    check_key(key)
    provider = Provider.objects.get(pk=by.provider_id)
    upload = Upload(provider=provider, user_id=by.user.pk, key=key, name=clean_name(name))
    _look_at(upload, file)
    if first := _same(upload):
        return first
    need_room(Load(upload.name, _in_form(upload) + upload.size), by=by, provider=provider)
    _scan(upload, file)
    upload.storage_key = default_storage.save(_new_storage_key(provider.pk), file)
    kept = None
    try:
        kept = _keep(upload)
    finally:
        if kept is not upload:
            default_storage.delete(upload.storage_key)
    return kept


def clean_name(name: str) -> str:
    """Return the name as data: no path in it, no control symbols, at most 150 symbols."""
    name = name.replace("\\", "/").rpartition("/")[2]
    name = "".join(c for c in name if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"})
    name = PATH_SIGNS.sub("_", " ".join(name.split())).strip(". ")
    if len(name) > NAME_LENGTH:
        stem, dot, ending = name.rpartition(".")
        keep = NAME_LENGTH - len(ending) - 2
        name = f"{stem[:keep]}…{dot}{ending}" if dot and keep > 20 else name[:NAME_LENGTH]
    return name or "file"


def _look_at(upload: Upload, file: "File[bytes]") -> None:
    """Fill in what the content says; the file is left at its start."""
    upload.size = file.size or 0
    head = file.read(HEAD_BYTES)
    _check(upload, head)
    upload.digest = _digest_of(file)
    told = tell(file, head)
    upload.content_type, upload.width, upload.height = told.content_type, told.width, told.height


def _check(upload: Upload, head: bytes) -> None:
    limit = upload.provider.max_file_bytes
    if upload.size == 0:
        raise FileRefused(name=upload.name, reason=FileRefused.EMPTY)
    if upload.size > limit:
        raise FileRefused(
            name=upload.name, reason=FileRefused.TOO_LARGE, size=upload.size, limit=limit
        )
    if is_program(upload.name, head):
        raise FileRefused(name=upload.name, reason=FileRefused.PROGRAM)


def _digest_of(file: "File[bytes]") -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _same(upload: Upload) -> Upload | None:
    return Upload.objects.filter(
        user_id=upload.user_id,
        provider_id=upload.provider_id,
        key=upload.key,
        name=upload.name,
        digest=upload.digest,
    ).first()


def _in_form(upload: Upload) -> int:
    """Return how many bytes the form's other files have."""
    others = Upload.objects.filter(
        user_id=upload.user_id, provider_id=upload.provider_id, key=upload.key
    )
    return others.aggregate(total=Sum("size"))["total"] or 0


def _scan(upload: Upload, file: "File[bytes]") -> None:
    """Have the file looked at for viruses, where there is a scanner, before it is kept.

    What cannot be looked at is refused: a scanner that is down must not be a way in.
    """
    if not settings.CLAMD_URL:
        return
    try:
        found = find_virus(settings.CLAMD_URL, file.chunks())
    except ScannerTrouble as trouble:
        log.error("no virus scan", cause=str(trouble), size=upload.size)
        raise FileRefused(name=upload.name, reason=FileRefused.UNSCANNED) from None
    finally:
        file.seek(0)
    if found:
        log.warning("infected file refused", found=found, user=upload.user_id)
        raise FileRefused(name=upload.name, reason=FileRefused.INFECTED)


def _keep(upload: Upload) -> Upload:
    """Save the row, or return the one of the same file that came at the same time."""
    with transaction.atomic():
        # One file of a person at a time is counted, or two at once would both be the last one.
        User.objects.select_for_update(no_key=True).get(pk=upload.user_id)
        if first := _same(upload):
            return first
        _check_room(upload)
        upload.save(force_insert=True)
        return upload


def _check_room(upload: Upload) -> None:
    waiting = Upload.objects.filter(user_id=upload.user_id)
    limit = upload.provider.max_files
    if waiting.filter(provider_id=upload.provider_id, key=upload.key).count() >= limit:
        raise FileRefused(name=upload.name, reason=FileRefused.TOO_MANY, limit=limit)
    used = waiting.aggregate(total=Sum("size"))["total"] or 0
    if used + upload.size > MOST_WAITING_BYTES:
        raise FileRefused(
            name=upload.name,
            reason=FileRefused.TOO_MUCH,
            size=used + upload.size,
            limit=MOST_WAITING_BYTES,
        )


def _new_storage_key(provider_id: int) -> str:
    # Random and without the name: nothing of it can be guessed, and no name is a path.
    return f"{provider_id}/{timezone.now():%Y/%m}/{secrets.token_urlsafe(24)}"
