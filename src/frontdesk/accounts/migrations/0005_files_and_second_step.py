"""What files of an account may weigh, what they do weigh, and a second step asked of staff."""

from django.db import migrations, models

GIBIBYTE = 1024**3


class Migration(migrations.Migration):
    """Each with a default of the database, so that an older program can still write."""

    dependencies = [("accounts", "0004_api")]

    operations = [
        migrations.AddField(
            model_name="account",
            name="stored_bytes",
            field=models.PositiveBigIntegerField(
                default=0,
                db_default=0,
                help_text="Of the files in its tickets; moved with each of them.",
            ),
        ),
        migrations.AddField(
            model_name="provider",
            name="max_account_bytes",
            field=models.PositiveBigIntegerField(
                default=20 * GIBIBYTE,
                db_default=20 * GIBIBYTE,
                help_text="What the files of one account may have in all.",
            ),
        ),
        migrations.AddField(
            model_name="provider",
            name="staff_need_second_step",
            field=models.BooleanField(default=False, db_default=False),
        ),
    ]
