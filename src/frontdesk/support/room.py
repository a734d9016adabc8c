"""What the files of an account weigh: a counter, moved in the transaction that adds a file.

Clients are refused past the provider's limit; files of staff count and are never refused, or a
full account could not be answered.
"""

from dataclasses import dataclass

from django.db import connection
from django.db.models import F, Min, Subquery

from frontdesk.accounts.models import Account, Provider
from frontdesk.support.access import ClientReach
from frontdesk.support.actor import Actor
from frontdesk.support.errors import FileRefused
from frontdesk.support.models import Upload

UNTRUE = """
SELECT a.id FROM accounts_account AS a
LEFT JOIN (
    SELECT t.account_id, sum(f.size) AS bytes
    FROM support_attachment AS f
    JOIN support_message AS m ON m.id = f.message_id
    JOIN support_ticket AS t ON t.id = m.ticket_id
    GROUP BY t.account_id
) AS weighed ON weighed.account_id = a.id
WHERE a.stored_bytes <> coalesce(weighed.bytes, 0)
ORDER BY a.id
"""


@dataclass(frozen=True, slots=True)
class Load:
    """What is to be added: a file's name, and the bytes of it and of what goes along."""

    name: str
    size: int


def need_room(load: Load, *, by: Actor, provider: Provider) -> None:
    """Refuse a client's file before it is stored, where none of his accounts can take it.

    Raises FileRefused. What counts is decided again when the file is sent.
    """
    if not isinstance(by.reach, ClientReach):
        return
    own = Account.objects.filter(pk__in=by.reach.accounts)
    stored = own.aggregate(least=Min("stored_bytes"))["least"] or 0
    if stored + load.size > provider.max_account_bytes:
        raise _refusal(load, provider.max_account_bytes)


def take_room(uploads: list[Upload], *, by: Actor, account_id: int) -> None:
    """Add the weight of these files to the account's, in the caller's transaction.

    Raises FileRefused where a client's files are too much for it.
    """
    if not uploads:
        return
    load = Load(uploads[0].name, sum(upload.size for upload in uploads))
    account = Account.objects.filter(pk=account_id)
    if isinstance(by.reach, ClientReach):
        most = Provider.objects.filter(pk=by.provider_id).values("max_account_bytes")
        # In one statement: of two at once, the second sees what the first has added.
        account = account.filter(stored_bytes__lte=Subquery(most) - load.size)
    if not account.update(stored_bytes=F("stored_bytes") + load.size):
        raise _refusal(load, Provider.objects.get(pk=by.provider_id).max_account_bytes)


def accounts_weighed_wrong() -> list[int]:
    """Return the accounts whose counter is not the sum of their files. Reads all files' rows."""
    with connection.cursor() as cursor:
        cursor.execute(UNTRUE)
        return [row[0] for row in cursor.fetchall()]


def _refusal(load: Load, limit: int) -> FileRefused:
    return FileRefused(name=load.name, reason=FileRefused.NO_ROOM, size=load.size, limit=limit)
