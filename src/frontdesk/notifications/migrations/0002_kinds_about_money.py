"""Rows can tell of money and allowance."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="notification",
            name="kind",
            field=models.CharField(
                choices=[
                    ("ticket_opened", "Ticket Opened"),
                    ("client_replied", "Client Replied"),
                    ("staff_replied", "Staff Replied"),
                    ("note_added", "Note Added"),
                    ("ticket_taken", "Ticket Taken"),
                    ("ticket_assigned", "Ticket Assigned"),
                    ("ticket_transferred", "Ticket Transferred"),
                    ("priority_set", "Priority Set"),
                    ("tags_set", "Tags Set"),
                    ("ticket_closed", "Ticket Closed"),
                    ("settings_changed", "Settings Changed"),
                    ("topped_up", "Topped Up"),
                    ("tickets_granted", "Tickets Granted"),
                    ("gift_given", "Gift Given"),
                    ("plan_renewed", "Plan Renewed"),
                    ("package_bought", "Package Bought"),
                    ("charged", "Charged"),
                    ("refunded", "Refunded"),
                    ("corrected", "Corrected"),
                    ("tickets_lapse_soon", "Tickets Lapse Soon"),
                    ("tickets_lapsed", "Tickets Lapsed"),
                ],
                max_length=24,
            ),
        ),
    ]
