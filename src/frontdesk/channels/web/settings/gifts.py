"""Tickets that clients are given by themselves: at registration, and when they top up."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from frontdesk.billing.actions.save_gift import GiftFacts
from frontdesk.billing.errors import BillingRefused
from frontdesk.billing.models import Gift, Occasion
from frontdesk.billing.money import ZERO
from frontdesk.channels.web.amounts import billing_words, field_of, read_amount, read_number
from frontdesk.channels.web.render import see_other
from frontdesk.channels.web.settings.shell import settings_page
from frontdesk.channels.web.visit import StaffVisit, as_administrator
from frontdesk.support.actions.offer_gift import offer_gift


@dataclass(slots=True)
class GiftForm:
    """A gift as it was typed; `errors` by field."""

    occasion: str = Occasion.REGISTRATION.value
    quantity: str = ""
    least_amount: str = ""
    lasts_days: str = ""
    is_on: bool = True
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, gift: Gift | None) -> "GiftForm":
        """Return what is saved."""
        if gift is None:
            return cls()
        return cls(
            occasion=gift.occasion,
            quantity=str(gift.quantity),
            least_amount=str(gift.least_amount) if gift.least_amount else "",
            lasts_days=str(gift.lasts_days) if gift.lasts_days else "",
            is_on=gift.is_on,
        )

    @classmethod
    def typed(cls, request: HttpRequest) -> "GiftForm":
        """Return what was typed."""
        post = request.POST
        return cls(
            occasion=post.get("occasion", ""),
            quantity=post.get("quantity", ""),
            least_amount=post.get("least_amount", ""),
            lasts_days=post.get("lasts_days", ""),
            is_on="is_on" in post,
        )

    def facts(self) -> GiftFacts:
        """Return the form as the core reads it: no sum is any sum, no days are no end."""
        has_sum, has_days = self.least_amount.strip(), self.lasts_days.strip()
        return GiftFacts(
            occasion=self.occasion,
            quantity=read_number(self.quantity),
            least_amount=read_amount(self.least_amount) if has_sum else ZERO,
            lasts_days=read_number(self.lasts_days) if has_days else None,
            is_on=self.is_on,
        )


@require_http_methods(["GET", "HEAD", "POST"])
@as_administrator
def gift(request: HttpRequest, visit: StaffVisit, gift: int | None = None) -> HttpResponse:
    """Show a gift or an empty form, or save it."""
    own = Gift.objects.filter(provider=visit.provider)
    row = get_object_or_404(own, pk=gift) if gift is not None else None
    form = GiftForm.typed(request) if request.method == "POST" else GiftForm.of(row)
    context = {"section": "packages", "row": row, "form": form, "occasions": Occasion.choices}
    if request.method != "POST":
        return settings_page(request, "settings/gift.html", visit, context)
    try:
        offer_gift(by=visit.actor, facts=form.facts(), gift_id=gift)
    except BillingRefused as error:
        form.errors[field_of(error, "quantity")] = billing_words(error)
        return settings_page(request, "settings/gift.html", visit, context, status=422)
    messages.success(request, _("Settings saved."))
    return see_other("settings_packages", visit.provider.slug)
