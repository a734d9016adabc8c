"""A ticket keeps who wrote its last message, so that lists need not read the message."""

from django.db import migrations, models

WHO_WROTE_LAST = """
UPDATE support_ticket SET last_author_id = coalesce(
    (SELECT author_id FROM support_message WHERE id = last_message_id), requester_id
)
"""


class Migration(migrations.Migration):
    """Kept by the actions from now on; of what is there, the messages say."""

    dependencies = [("support", "0012_counters_of_accounts")]

    operations = [
        migrations.AddField(
            model_name="ticket",
            name="last_author_id",
            field=models.BigIntegerField(null=True, help_text="Who wrote the last message."),
        ),
        migrations.RunSQL(WHO_WROTE_LAST, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="ticket",
            name="last_author_id",
            field=models.BigIntegerField(help_text="Who wrote the last message."),
        ),
    ]
