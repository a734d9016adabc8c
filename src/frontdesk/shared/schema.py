"""Pieces of schema that Django's models cannot say, as migration operations."""

from django.db.migrations import RunSQL


def add_foreign_key(
    table: str, columns: list[str], to: str, to_columns: str = "id, provider_id"
) -> RunSQL:
    """Return the operation that adds a composite foreign key, checked at commit.

    `to` must be unique over `to_columns`. A null in any column leaves the row free.
    """
    name = f"{table}_{columns[0]}_one_fk"
    return RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({', '.join(columns)})"
        f" REFERENCES {to} ({to_columns}) DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )


def make_append_only(table: str) -> RunSQL:
    """Return the operation after which rows are only added: not changed, not deleted."""
    return RunSQL(
        f"""
        CREATE FUNCTION {table}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'restrict_violation';
        END $$;
        CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {table}_is_append_only();
        CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION {table}_is_append_only();
        """,
        f"""
        DROP TRIGGER {table}_append_only ON {table};
        DROP TRIGGER {table}_not_emptied ON {table};
        DROP FUNCTION {table}_is_append_only();
        """,
    )


def make_unlogged(table: str) -> RunSQL:
    """Return the operation that stops logging a table: fast, and empty after a crash."""
    return RunSQL(f"ALTER TABLE {table} SET UNLOGGED", f"ALTER TABLE {table} SET LOGGED")
