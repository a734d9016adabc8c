"""What the database itself holds: the ledger is the only door to a balance or a lot."""

from django.db import migrations

from frontdesk.shared.schema import add_foreign_key, make_append_only

# Each new row moves the balance and its lot, and must agree with what the writer had computed.
LEDGER_MOVES = """
CREATE FUNCTION billing_ledgerentry_moves() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    has record;
BEGIN
    UPDATE billing_balance SET amount = amount + NEW.amount, units = units + NEW.units
        WHERE account_id = NEW.account_id AND provider_id = NEW.provider_id
        RETURNING amount, units INTO has;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'account % has no balance', NEW.account_id
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    IF has.amount <> NEW.balance_after OR has.units <> NEW.units_after THEN
        RAISE EXCEPTION 'a ledger row of account % does not follow the one before it',
            NEW.account_id USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.lot_id IS NOT NULL THEN
        UPDATE billing_allowancelot SET remaining = remaining + NEW.units
            WHERE id = NEW.lot_id AND account_id = NEW.account_id;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'lot % is not of account %', NEW.lot_id, NEW.account_id
                USING ERRCODE = 'foreign_key_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER billing_ledgerentry_moves BEFORE INSERT ON billing_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION billing_ledgerentry_moves();
"""
LEDGER_MOVES_BACK = """
DROP TRIGGER billing_ledgerentry_moves ON billing_ledgerentry;
DROP FUNCTION billing_ledgerentry_moves();
"""

# The balance is locked by the trigger above, whose name comes first: reversals of one
# account's rows see one another.
REVERSALS = """
CREATE FUNCTION billing_ledgerentry_reverses() RETURNS trigger LANGUAGE plpgsql AS $$
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
    IF NEW.amount * was.amount > 0 OR rest.amount * was.amount < 0
        OR (was.amount = 0 AND NEW.amount <> 0)
        OR NEW.units * was.units > 0 OR rest.units * was.units < 0
        OR (was.units = 0 AND NEW.units <> 0)
        OR (NEW.units <> 0 AND NEW.lot_id IS DISTINCT FROM was.lot_id) THEN
        RAISE EXCEPTION 'more than ledger row % took or gave', was.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER billing_ledgerentry_reverses BEFORE INSERT ON billing_ledgerentry
    FOR EACH ROW WHEN (NEW.reverses_id IS NOT NULL)
    EXECUTE FUNCTION billing_ledgerentry_reverses();
"""
REVERSALS_BACK = """
DROP TRIGGER billing_ledgerentry_reverses ON billing_ledgerentry;
DROP FUNCTION billing_ledgerentry_reverses();
"""

# Depth 1 is a statement of somebody, depth 2 one of the ledger's trigger.
ONLY_BY_LEDGER = """
CREATE FUNCTION billing_moves_by_ledger() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND pg_trigger_depth() > 1 THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% moves only with a ledger row', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER billing_balance_moves BEFORE UPDATE OR DELETE ON billing_balance
    FOR EACH ROW EXECUTE FUNCTION billing_moves_by_ledger();
CREATE TRIGGER billing_balance_begins BEFORE INSERT ON billing_balance
    FOR EACH ROW WHEN (NEW.amount <> 0 OR NEW.units <> 0)
    EXECUTE FUNCTION billing_moves_by_ledger();
CREATE TRIGGER billing_balance_not_emptied BEFORE TRUNCATE ON billing_balance
    FOR EACH STATEMENT EXECUTE FUNCTION billing_moves_by_ledger();
CREATE TRIGGER billing_allowancelot_moves BEFORE UPDATE OR DELETE ON billing_allowancelot
    FOR EACH ROW EXECUTE FUNCTION billing_moves_by_ledger();
CREATE TRIGGER billing_allowancelot_begins BEFORE INSERT ON billing_allowancelot
    FOR EACH ROW WHEN (NEW.remaining <> 0) EXECUTE FUNCTION billing_moves_by_ledger();
CREATE TRIGGER billing_allowancelot_not_emptied BEFORE TRUNCATE ON billing_allowancelot
    FOR EACH STATEMENT EXECUTE FUNCTION billing_moves_by_ledger();
"""
ONLY_BY_LEDGER_BACK = """
DROP TRIGGER billing_balance_moves ON billing_balance;
DROP TRIGGER billing_balance_begins ON billing_balance;
DROP TRIGGER billing_balance_not_emptied ON billing_balance;
DROP TRIGGER billing_allowancelot_moves ON billing_allowancelot;
DROP TRIGGER billing_allowancelot_begins ON billing_allowancelot;
DROP TRIGGER billing_allowancelot_not_emptied ON billing_allowancelot;
DROP FUNCTION billing_moves_by_ledger();
"""

# Sums that were written in one currency cannot be read as another.
CURRENCY_STAYS = """
CREATE FUNCTION billing_currency_is_in_use() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM billing_ledgerentry WHERE provider_id = NEW.id) THEN
        RAISE EXCEPTION 'the ledger holds sums in %', OLD.currency
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER billing_currency_stays BEFORE UPDATE OF currency ON accounts_provider
    FOR EACH ROW WHEN (OLD.currency IS DISTINCT FROM NEW.currency)
    EXECUTE FUNCTION billing_currency_is_in_use();
"""
CURRENCY_STAYS_BACK = """
DROP TRIGGER billing_currency_stays ON accounts_provider;
DROP FUNCTION billing_currency_is_in_use();
"""

OF_ACCOUNT = ("subscription", "allowancelot", "balance", "ledgerentry")


class Migration(migrations.Migration):
    """Composite foreign keys, the ledger's triggers, the guards of what it moves."""

    dependencies = [("billing", "0001_initial")]

    operations = [
        *(
            add_foreign_key(f"billing_{name}", ["account_id", "provider_id"], "accounts_account")
            for name in OF_ACCOUNT
        ),
        add_foreign_key("billing_subscription", ["plan_id", "provider_id"], "billing_plan"),
        add_foreign_key("billing_allowancelot", ["package_id", "provider_id"], "billing_package"),
        add_foreign_key(
            "billing_allowancelot",
            ["subscription_id", "account_id"],
            "billing_subscription",
            "id, account_id",
        ),
        make_append_only("billing_ledgerentry"),
        migrations.RunSQL(LEDGER_MOVES, LEDGER_MOVES_BACK),
        migrations.RunSQL(REVERSALS, REVERSALS_BACK),
        migrations.RunSQL(ONLY_BY_LEDGER, ONLY_BY_LEDGER_BACK),
        migrations.RunSQL(CURRENCY_STAYS, CURRENCY_STAYS_BACK),
    ]
