"""A call under an Idempotency-Key happens once; a repeat gets the first one's answer."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Schema

from frontdesk.channels.api.models import KEY_LENGTH, FirstResult
from frontdesk.channels.api.problems import Refused
from frontdesk.channels.api.sign_in import caller_of
from frontdesk.support.once import digest_of

HEADER = "Idempotency-Key"
# Says that the answer is an earlier one's.
REPLAYED = "Idempotent-Replay"
RESULTS_LAST = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call is answered: a status and a body."""

    status: int
    body: Schema


def key_of(request: HttpRequest) -> str:
    """Return the call's key. Raises Refused for none, or for one that cannot be kept."""
    key = request.headers.get(HEADER, "").strip()
    if not key:
        raise Refused(400, "key_missing", _("Send an Idempotency-Key, so that money moves once."))
    if len(key) > KEY_LENGTH or not key.isascii() or not key.isprintable():
        raise Refused(400, "bad_key", _("An Idempotency-Key has 1 to 128 printable ASCII symbols."))
    return key


def answer(act: Callable[[], Answer]) -> HttpResponse:
    """Do what may safely be done twice, and answer it."""
    with transaction.atomic():
        result = act()
    return _response(result.status, _written(result.body))


def answer_once(request: HttpRequest, sent: Schema, act: Callable[[], Answer]) -> HttpResponse:
    """Do `act` once under the call's key, and answer it; a repeat is answered the same.

    Both in one transaction: what was done has its answer kept, what was refused is not kept
    and may be tried again. A repeat that comes too early waits. Raises Refused.
    """
    key, caller = key_of(request), caller_of(request)
    digest = digest_of(request.method, request.path, sent.model_dump_json())
    with transaction.atomic():
        _wait_for_turn(f"api {caller.provider_id} {key}")
        first = FirstResult.objects.filter(provider_id=caller.provider_id, key=key).first()
        if first is None:
            result = act()
            first = FirstResult.objects.create(
                provider_id=caller.provider_id,
                key=key,
                digest=digest,
                status=result.status,
                body=_written(result.body),
            )
            return _response(first.status, first.body)
    if first.digest != digest:
        raise Refused(
            422,
            "key_reused",
            _("This Idempotency-Key was used for another call. The first one stands."),
        )
    response = _response(first.status, first.body)
    response.headers[REPLAYED] = "true"
    return response


def forget_old_results() -> int:
    """Delete the answers that nobody repeats a call for any more; return how many."""
    old = FirstResult.objects.filter(created_at__lt=timezone.now() - RESULTS_LAST)
    deleted, _of_each = old.delete()
    return deleted


def _wait_for_turn(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def _written(body: Schema) -> str:
    return json.dumps(body.model_dump(mode="json"), ensure_ascii=False)


def _response(status: int, body: str) -> HttpResponse:
    return HttpResponse(body, content_type="application/json", status=status)
