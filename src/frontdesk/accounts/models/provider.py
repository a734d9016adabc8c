"""The company that gives support: a tenant."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# First parts of addresses that are pages of the program itself.
RESERVED_SLUGS = frozenset(
    {"account", "accounts", "api", "auth", "demo", "healthz", "live", "metrics", "readyz"}
    | {"security", "sign-in", "sign-out", "static", "telegram", "jsi18n", "language", "preferences"}
)

MEBIBYTE = 1024 * 1024
GIBIBYTE = 1024 * MEBIBYTE


class Provider(models.Model):
    """A hosting, cloud or domain company whose clients ask for help here."""

    slug = models.SlugField(
        max_length=40,
        unique=True,
        validators=[
            RegexValidator(r"\A[a-z0-9][a-z0-9-]*\Z", _("Use a to z, digits and hyphens."))
        ],
    )
    name = models.CharField(_("name"), max_length=80)
    hue = models.PositiveSmallIntegerField(
        _("accent hue"), default=258, validators=[MinValueValidator(0), MaxValueValidator(360)]
    )
    logo = models.CharField(max_length=100, blank=True, help_text="Storage key of the logo.")
    support_email = models.EmailField(_("support e-mail"), blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    currency = models.CharField(max_length=3, default="EUR")
    max_files = models.PositiveSmallIntegerField(_("files in a message"), default=10)
    max_file_bytes = models.PositiveIntegerField(default=25 * MEBIBYTE)
    max_account_bytes = models.PositiveBigIntegerField(
        default=20 * GIBIBYTE,
        db_default=20 * GIBIBYTE,
        help_text="What the files of one account may have in all.",
    )
    staff_need_second_step = models.BooleanField(default=False, db_default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(slug__in=sorted(RESERVED_SLUGS)), name="provider_slug_free"
            ),
            models.CheckConstraint(condition=Q(hue__lte=360), name="provider_hue_in_circle"),
        ]

    def __str__(self) -> str:
        return self.name
