"""What the database itself holds: one provider, append-only events, numbers from 1001."""

from django.db import migrations

from frontdesk.shared.schema import add_foreign_key, make_append_only, make_unlogged


class Migration(migrations.Migration):
    """Composite foreign keys, the trigger of the event table, the first ticket's number."""

    dependencies = [("support", "0001_initial"), ("accounts", "0002_one_provider")]

    operations = [
        add_foreign_key("support_ticket", ["account_id", "provider_id"], "accounts_account"),
        add_foreign_key("support_ticket", ["department_id", "provider_id"], "support_department"),
        add_foreign_key("support_ticket", ["assignee_id", "provider_id"], "accounts_staff"),
        add_foreign_key(
            "support_ticket", ["service_id", "account_id"], "accounts_service", "id, account_id"
        ),
        add_foreign_key(
            "support_departmentseat", ["department_id", "provider_id"], "support_department"
        ),
        add_foreign_key("support_departmentseat", ["staff_id", "provider_id"], "accounts_staff"),
        add_foreign_key(
            "support_cannedreply", ["department_id", "provider_id"], "support_department"
        ),
        add_foreign_key("support_cannedreply", ["owner_id", "provider_id"], "accounts_staff"),
        make_append_only("support_event"),
        make_unlogged("support_presence"),
        # A first ticket named #1 tells a client that he is the first to ask.
        migrations.RunSQL(
            "ALTER TABLE support_ticket ALTER COLUMN id RESTART WITH 1001", migrations.RunSQL.noop
        ),
    ]
