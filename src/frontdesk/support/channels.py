"""The ways a request or an answer can arrive."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """Where an act came from."""

    WEB = "web", _("web")
    TELEGRAM = "telegram", _("Telegram")
    EMAIL = "email", _("e-mail")
    API = "api", _("API")
    SYSTEM = "system", _("system")
