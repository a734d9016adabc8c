"""What notes say, as search knows it."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models


class Migration(migrations.Migration):
    """Staff find a note by its words; the next migration fills in those that are there."""

    dependencies = [("support", "0009_hours_and_promises")]

    operations = [
        migrations.AddField(
            model_name="note",
            name="words",
            field=django.contrib.postgres.search.SearchVectorField(null=True),
        ),
        migrations.AddIndex(
            model_name="note",
            index=models.Index(fields=["provider", "id"], name="note_of_provider"),
        ),
        migrations.AddIndex(
            model_name="note",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["words"], gin_pending_list_limit=256, name="note_words"
            ),
        ),
    ]
