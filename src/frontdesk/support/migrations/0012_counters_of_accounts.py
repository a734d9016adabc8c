"""An index that counts the solved tickets of an account too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Where an account has many open ones, to count a hundred solved ones read all of them."""

    dependencies = [("support", "0011_search_old_notes")]

    operations = [
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                fields=["provider", "account", "status"], name="ticket_of_account_status"
            ),
        ),
        migrations.RemoveIndex(model_name="ticket", name="ticket_open_of_account"),
    ]
