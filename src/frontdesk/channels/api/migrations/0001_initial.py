"""First results of calls that carry a key."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0004_api"),
    ]

    operations = [
        migrations.CreateModel(
            name="FirstResult",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=128)),
                ("digest", models.CharField(max_length=64)),
                ("status", models.PositiveSmallIntegerField()),
                ("body", models.TextField()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "provider",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.provider",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["created_at"], name="api_result_by_age")],
                "constraints": [
                    models.UniqueConstraint(fields=("provider", "key"), name="api_key_once")
                ],
            },
        ),
    ]
