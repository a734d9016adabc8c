"""An index that counts the solved tickets of an account too, and lists those of one status."""

from django.db import migrations, models
from django.db.models import F


class Migration(migrations.Migration):
    """Where an account has many open ones, to count a hundred solved ones read all of them."""

    dependencies = [("support", "0011_search_old_notes")]

    operations = [
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                "provider",
                "account",
                "status",
                F("last_message_at").desc(),
                F("id").desc(),
                name="ticket_of_account_status",
            ),
        ),
        migrations.RemoveIndex(model_name="ticket", name="ticket_open_of_account"),
    ]
