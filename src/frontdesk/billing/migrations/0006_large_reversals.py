"""A grant of many tickets can be taken back: the signs are compared, for products overflow."""

from django.db import migrations

REVERSALS = """
CREATE OR REPLACE FUNCTION billing_ledgerentry_reverses() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    was billing_ledgerentry;
    rest record;
BEGIN
    SELECT * INTO was FROM billing_ledgerentry
        WHERE id = NEW.reverses_id AND account_id = NEW.account_id AND reverses_id IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'ledger row % cannot be reversed', NEW.reverses_id
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    SELECT was.amount + NEW.amount + coalesce(sum(amount), 0) AS amount,
           was.units + NEW.units + coalesce(sum(units), 0) AS units
        INTO rest FROM billing_ledgerentry WHERE reverses_id = was.id;
    IF sign(NEW.amount) * sign(was.amount) > 0 OR sign(rest.amount) * sign(was.amount) < 0
        OR (was.amount = 0 AND NEW.amount <> 0)
        OR sign(NEW.units) * sign(was.units) > 0 OR sign(rest.units) * sign(was.units) < 0
        OR (was.units = 0 AND NEW.units <> 0)
        OR (NEW.units <> 0 AND NEW.lot_id IS DISTINCT FROM was.lot_id) THEN
        RAISE EXCEPTION 'more than ledger row % took or gave', was.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    """The function of 0002, without the products of its sums."""

    dependencies = [
        ("billing", "0005_late_answers"),
    ]

    operations = [
        migrations.RunSQL(REVERSALS, migrations.RunSQL.noop),
    ]
