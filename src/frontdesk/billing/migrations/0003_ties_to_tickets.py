"""Prices and ledger rows belong to departments and tickets of the same provider and account."""

from django.db import migrations

from frontdesk.shared.schema import add_foreign_key

# At commit, because a ticket is paid for in the transaction that opens it. Not a foreign key:
# that would need a second unique index on the table of tickets.
TICKET_OF_ACCOUNT = """
CREATE FUNCTION billing_ticket_is_of_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM support_ticket WHERE id = NEW.ticket_id AND account_id = NEW.account_id
    ) THEN
        RAISE EXCEPTION 'ticket % is not of account %', NEW.ticket_id, NEW.account_id
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER billing_ledgerentry_ticket AFTER INSERT ON billing_ledgerentry
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.ticket_id IS NOT NULL)
    EXECUTE FUNCTION billing_ticket_is_of_account();
"""
TICKET_OF_ACCOUNT_BACK = """
DROP TRIGGER billing_ledgerentry_ticket ON billing_ledgerentry;
DROP FUNCTION billing_ticket_is_of_account();
"""


class Migration(migrations.Migration):
    """The constraints that look up to the room of tickets."""

    dependencies = [
        ("billing", "0002_rules_of_the_database"),
        ("support", "0002_rules_of_the_database"),
    ]

    operations = [
        add_foreign_key(
            "billing_pricerule", ["department_id", "provider_id"], "support_department"
        ),
        add_foreign_key(
            "billing_ledgerentry", ["department_id", "provider_id"], "support_department"
        ),
        migrations.RunSQL(TICKET_OF_ACCOUNT, TICKET_OF_ACCOUNT_BACK),
    ]
