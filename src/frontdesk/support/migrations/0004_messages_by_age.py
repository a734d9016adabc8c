"""An index for the newest messages of a provider, where each search begins."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Frequent words are found there, without the index of words."""

    dependencies = [("support", "0003_ticket_of_requester")]

    operations = [
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["provider", "id"], name="message_of_provider"),
        ),
    ]
