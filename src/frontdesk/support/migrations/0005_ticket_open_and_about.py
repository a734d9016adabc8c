"""Indexes for the client's Home and for tickets that go on with one another."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """An account may have a few open tickets among thousands, and followers one in a hundred."""

    dependencies = [("support", "0004_messages_by_age")]

    operations = [
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                fields=["provider", "account", "status"],
                name="ticket_open_of_account",
                condition=~Q(status="solved"),
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                fields=["about"], name="ticket_about", condition=Q(about__isnull=False)
            ),
        ),
    ]
