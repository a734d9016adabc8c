"""Hours of departments, and what was promised to paid tickets."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from frontdesk.shared.schema import add_foreign_key


class Migration(migrations.Migration):
    """Hours belong to a department of the same provider."""

    dependencies = [
        ("accounts", "0005_files_and_second_step"),
        ("support", "0008_services_by_list"),
    ]

    operations = [
        migrations.CreateModel(
            name="AnswerPromise",
            fields=[
                (
                    "ticket",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="answer_promise",
                        serialize=False,
                        to="support.ticket",
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
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
                "indexes": [
                    models.Index(
                        condition=models.Q(("settled_at__isnull", True)),
                        fields=["due_at"],
                        name="promise_to_settle",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Schedule",
            fields=[
                (
                    "department",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="schedule",
                        serialize=False,
                        to="support.department",
                    ),
                ),
                ("time_zone", models.CharField(max_length=64)),
                ("week", models.JSONField()),
                (
                    "holidays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DateField(), blank=True, default=list, size=None
                    ),
                ),
                ("answer_within", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.provider",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answer_within__isnull", True),
                            ("answer_within__gt", 0),
                            _connector="OR",
                        ),
                        name="schedule_promise_is_positive",
                    )
                ],
            },
        ),
        add_foreign_key("support_schedule", ["department_id", "provider_id"], "support_department"),
    ]
