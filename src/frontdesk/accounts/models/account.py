"""The paying party at a provider, and the people in it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from frontdesk.accounts.models.provider import Provider


class Account(models.Model):
    """A client of a provider: has members, services, a balance.

    `external_id` is its id in the provider's billing; empty for one that billing does not know.
    """

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="accounts")
    name = models.CharField(_("name"), max_length=120)
    external_id = models.CharField(
        _("account id"), max_length=64, blank=True, default="", db_default=""
    )
    stored_bytes = models.PositiveBigIntegerField(
        default=0, db_default=0, help_text="Of the files in its tickets; moved with each of them."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["id", "provider"], name="account_of_provider"),
            models.UniqueConstraint(
                fields=["provider", "external_id"],
                condition=~models.Q(external_id=""),
                name="account_external_id_unique",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["provider", "name"], name="account_by_name")]

    def __str__(self) -> str:
        return self.name


class Right(models.TextChoices):
    """Which tickets of his account a member reads."""

    ALL = "all", _("all tickets of the account")
    OWN = "own", _("own tickets only")


class MemberQuerySet(models.QuerySet["Member"]):
    """Selections of members."""

    def in_accounts_of(self, user_id: int, provider_id: int) -> "MemberQuerySet":
        """Everybody in the accounts where this person is a member himself."""
        return self.filter(provider_id=provider_id, account__members__user_id=user_id)

    def in_accounts_owned_by(self, user_id: int, provider_id: int) -> "MemberQuerySet":
        """Everybody in the accounts that this person owns."""
        own = Member.objects.filter(user_id=user_id, provider_id=provider_id, is_owner=True)
        return self.filter(provider_id=provider_id, account__in=own.values("account_id"))


class Member(models.Model):
    """A person's place in a client account."""

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="+")
    account = models.ForeignKey(
        Account, models.CASCADE, related_name="members", db_constraint=False
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    right = models.CharField(max_length=3, choices=Right.choices, default=Right.OWN)
    is_owner = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = models.Manager["Member"]()
    colleagues = MemberQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "user"], name="member_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["user", "provider"], name="member_by_user")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.account_id}"
