"""The database refuses to tie people and services of one provider to an account of another."""

from django.db import migrations

from frontdesk.shared.schema import add_foreign_key


class Migration(migrations.Migration):
    """Composite foreign keys: (account, provider) of members and services."""

    dependencies = [("accounts", "0001_initial")]

    operations = [
        add_foreign_key("accounts_member", ["account_id", "provider_id"], "accounts_account"),
        add_foreign_key("accounts_service", ["account_id", "provider_id"], "accounts_account"),
    ]
