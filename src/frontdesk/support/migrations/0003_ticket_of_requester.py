"""An index for the tickets that a person asked himself."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import F


class Migration(migrations.Migration):
    """A member with the right to own tickets only may be one of thousands in his account."""

    dependencies = [
        ("accounts", "0002_one_provider"),
        ("support", "0002_rules_of_the_database"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                F("provider"),
                F("requester"),
                F("last_message_at").desc(),
                F("id").desc(),
                name="ticket_of_requester",
            ),
        ),
    ]
