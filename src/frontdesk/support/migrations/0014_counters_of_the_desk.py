"""The indexes of three views of the desk hold all that its counters ask of a ticket."""

from django.db import migrations, models
from django.db.models import Q

OPEN = ~Q(status="solved")


class Migration(migrations.Migration):
    """Without the department in the index, to count a hundred tickets read each of them."""

    dependencies = [("support", "0013_last_author")]

    operations = [
        migrations.RemoveIndex(model_name="ticket", name="ticket_waits_for_client"),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                fields=["provider", "-last_message_at", "-id"],
                include=["department"],
                name="ticket_waits_for_client",
                condition=Q(status="waiting_for_reply"),
            ),
        ),
        migrations.RemoveIndex(model_name="ticket", name="ticket_of_assignee"),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                fields=["provider", "assignee", "-last_message_at", "-id"],
                include=["department", "status"],
                name="ticket_of_assignee",
                condition=OPEN,
            ),
        ),
        migrations.RemoveIndex(model_name="ticket", name="ticket_unassigned"),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                fields=["provider", "-last_message_at", "-id"],
                include=["department", "status"],
                name="ticket_unassigned",
                condition=Q(assignee__isnull=True) & OPEN,
            ),
        ),
    ]
