"""Brings rows into PostgreSQL by COPY, the fastest way in."""

from collections.abc import Iterable

from django.db import connection, models

# One COPY line a row: fields by tab, as PostgreSQL's text format has them.
Lines = list[str]
NULL = "\\N"

COLUMNS = {
    "accounts_user": "id, password, email, name, language, time_zone, theme, shortcuts_on,"
    " is_active, created_at",
    "accounts_account": "id, provider_id, name, created_at",
    "accounts_member": 'provider_id, account_id, user_id, "right", is_owner, created_at',
    "accounts_service": "id, provider_id, account_id, external_id, name, kind, plan, status,"
    " expires_on",
    "support_ticket": "id, provider_id, account_id, requester_id, department_id, service_id,"
    " assignee_id, subject, status, priority, tags, channel, created_at, solved_at,"
    " waiting_since, last_message_at, last_message_id, last_author_id, last_side, last_snippet,"
    " message_count",
    "support_message": "id, provider_id, ticket_id, author_id, side, channel, text, words,"
    " created_at",
    "support_event": "provider_id, ticket_id, actor_id, kind, channel, data, created_at",
    "support_readmark": "provider_id, user_id, ticket_id, message_id",
    "support_note": "provider_id, ticket_id, author_id, text, words, created_at",
}
PIECE = 500


def copy_rows(model: type[models.Model], lines: Lines) -> None:
    """Add the rows to the model's table."""
    table = model._meta.db_table
    command = f"COPY {table} ({COLUMNS[table]}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(command) as copy:
        for start in range(0, len(lines), PIECE):
            copy.write("\n".join(lines[start : start + PIECE]) + "\n")


def next_ids(model: type[models.Model], count: int) -> list[int]:
    """Take `count` ids of the table, nobody else's even while others write."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [row[0] for row in cursor.fetchall()]


def line(*fields: object) -> str:
    """Return a row as COPY reads it; the fields hold no tab and no backslash but `NULL`."""
    return "\t".join(map(str, fields))


def array(words: Iterable[str]) -> str:
    """Return a list of plain words as COPY reads an array."""
    return "{" + ",".join(words) + "}"
