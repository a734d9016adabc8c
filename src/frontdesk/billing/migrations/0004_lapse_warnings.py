"""Remembers which lots were warned of."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0003_ties_to_tickets"),
    ]

    operations = [
        migrations.CreateModel(
            name="LapseWarning",
            fields=[
                (
                    "lot",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="warning",
                        serialize=False,
                        to="billing.allowancelot",
                    ),
                ),
                ("created_at", models.DateTimeField()),
            ],
        ),
    ]
