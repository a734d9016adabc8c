"""Notes about clients, and what the files that accounts have already weigh."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from frontdesk.shared.schema import add_foreign_key

WEIGH = """
UPDATE accounts_account AS a SET stored_bytes = weighed.bytes
FROM (
    SELECT t.account_id, sum(f.size) AS bytes
    FROM support_attachment AS f
    JOIN support_message AS m ON m.id = f.message_id
    JOIN support_ticket AS t ON t.id = m.ticket_id
    GROUP BY t.account_id
) AS weighed
WHERE weighed.account_id = a.id
"""


class Migration(migrations.Migration):
    """A note is tied to an account of its own provider by the database."""

    dependencies = [
        ("accounts", "0005_files_and_second_step"),
        ("support", "0006_events_about_money"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClientNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField()),
                ("created_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.account",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.provider",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["account", "id"], name="client_note_of_account")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="client_note_has_text",
                    )
                ],
            },
        ),
        add_foreign_key("support_clientnote", ["account_id", "provider_id"], "accounts_account"),
        migrations.RunSQL(WEIGH, migrations.RunSQL.noop),
    ]
