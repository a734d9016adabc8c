"""A bot belongs to one provider, or to the installation: known by its number at Telegram."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from frontdesk.accounts.telegram_bots import bot_number
from frontdesk.shared.sealing import Unsealable, unseal


def number_bots(apps: StateApps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Number the bots by their tokens; of two that run one bot the older stays as it is.

    The newer one keeps running without a number: to stop it is its administrator's choice.
    """
    bots = apps.get_model("accounts", "TelegramBot")
    taken: set[int] = set()
    for bot in bots.objects.order_by("-is_active", "pk"):
        try:
            number = bot_number(unseal(bot.sealed_token))
        except Unsealable:
            continue
        if number is None or (bot.is_active and number in taken):
            continue
        taken.add(number)
        bot.telegram_id = number
        bot.save(update_fields=["telegram_id"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_files_and_second_step")]

    operations = [
        migrations.AddField(
            "telegrambot",
            "telegram_id",
            models.BigIntegerField(null=True, blank=True, help_text="Before the colon."),
        ),
        migrations.RunPython(number_bots, migrations.RunPython.noop),
        migrations.AddConstraint(
            "telegrambot",
            models.UniqueConstraint(
                fields=["telegram_id"],
                name="telegram_bot_of_one_owner",
                condition=models.Q(is_active=True),
            ),
        ),
    ]
