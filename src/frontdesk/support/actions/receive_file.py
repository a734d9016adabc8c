"""A file arrives for a form that is not sent yet."""

import hashlib
import re
import secrets
import unicodedata
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from frontdesk.accounts.models import Provider, User
from frontdesk.support.actor import Actor
from frontdesk.support.errors import FileRefused
from frontdesk.support.files import HEAD_BYTES, is_program, tell
from frontdesk.support.models import Upload
from frontdesk.support.once import check_key

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
    name = clean_name(name)
    provider = Provider.objects.get(pk=by.provider_id)
    size = file.size or 0
    head = file.read(HEAD_BYTES)
    file.seek(0)
    _check(name=name, size=size, head=head, provider=provider)
    digest = _digest_of(file)
    own = Upload.objects.filter(user_id=by.user.pk, provider=provider)
    if first := own.filter(key=key, name=name, digest=digest).first():
        return first
    told = tell(file, head)
    storage_key = default_storage.save(_new_key(provider.pk), file)
    facts = {
        "name": name,
        "size": size,
        "digest": digest,
        "content_type": told.content_type,
        "width": told.width,
        "height": told.height,
    }
    try:
        upload = _keep(by=by, provider=provider, key=key, storage_key=storage_key, facts=facts)
    except Exception:
        default_storage.delete(storage_key)
        raise
    if upload.storage_key != storage_key:
        default_storage.delete(storage_key)
    return upload


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


def _check(*, name: str, size: int, head: bytes, provider: Provider) -> None:
    if size == 0:
        raise FileRefused(name=name, reason=FileRefused.EMPTY)
    if size > provider.max_file_bytes:
        raise FileRefused(
            name=name, reason=FileRefused.TOO_LARGE, size=size, limit=provider.max_file_bytes
        )
    if is_program(name, head):
        raise FileRefused(name=name, reason=FileRefused.PROGRAM)


def _digest_of(file: "File[bytes]") -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _keep(
    *, by: Actor, provider: Provider, key: str, storage_key: str, facts: dict[str, Any]
) -> Upload:
    with transaction.atomic():
        # One file of a person at a time is counted, or two at once would both be the last one.
        User.objects.select_for_update(no_key=True).get(pk=by.user.pk)
        same = Upload.objects.filter(user_id=by.user.pk, provider=provider, key=key)
        if first := same.filter(name=facts["name"], digest=facts["digest"]).first():
            return first
        _check_room(by=by, provider=provider, key=key, name=facts["name"], size=facts["size"])
        return Upload.objects.create(
            provider=provider, user_id=by.user.pk, key=key, storage_key=storage_key, **facts
        )


def _check_room(*, by: Actor, provider: Provider, key: str, name: str, size: int) -> None:
    waiting = Upload.objects.filter(user_id=by.user.pk)
    if waiting.filter(key=key).count() >= provider.max_files:
        raise FileRefused(name=name, reason=FileRefused.TOO_MANY, limit=provider.max_files)
    used = waiting.aggregate(total=Sum("size"))["total"] or 0
    if used + size > MOST_WAITING_BYTES:
        raise FileRefused(
            name=name, reason=FileRefused.TOO_MUCH, size=used + size, limit=MOST_WAITING_BYTES
        )


def _new_key(provider_id: int) -> str:
    # Random and without the name: nothing of it can be guessed, and no name is a path.
    return f"{provider_id}/{timezone.now():%Y/%m}/{secrets.token_urlsafe(24)}"
