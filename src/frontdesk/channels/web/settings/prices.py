"""What support costs: the provider's rules about money, and each department's price."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from frontdesk.accounts.models import Provider
from frontdesk.billing.actions.set_billing_rules import Rules
from frontdesk.billing.errors import BillingRefused
from frontdesk.billing.models import BillingSettings, NoFunds, PriceRule
from frontdesk.billing.money import ZERO
from frontdesk.billing.prices import Price, Sample, preview
from frontdesk.channels.web.amounts import billing_words, field_of, read_amount
from frontdesk.channels.web.render import see_other
from frontdesk.channels.web.settings.shell import settings_page
from frontdesk.channels.web.visit import StaffVisit, as_administrator
from frontdesk.support.actions.save_billing_rules import save_billing_rules
from frontdesk.support.actions.save_price_rule import save_price_rule
from frontdesk.support.answer_words import minutes_words
from frontdesk.support.models import Department


@dataclass(slots=True)
class RulesForm:
    """The provider's rules as they were typed; `errors` by field."""

    currency: str
    top_up_url: str
    no_funds: str
    debt_limit: str
    agents_may_charge: bool
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, provider: Provider) -> "RulesForm":
        """Return what is saved."""
        rules = BillingSettings.of(provider)
        limit = str(rules.debt_limit) if rules.debt_limit else ""
        return cls(
            provider.currency, rules.top_up_url, rules.no_funds, limit, rules.agents_may_charge
        )

    @classmethod
    def typed(cls, request: HttpRequest) -> "RulesForm":
        """Return what was typed."""
        post = request.POST
        return cls(
            currency=post.get("currency", "").strip(),
            top_up_url=post.get("top_up_url", "").strip(),
            no_funds=post.get("no_funds", ""),
            debt_limit=post.get("debt_limit", ""),
            agents_may_charge="agents_may_charge" in post,
        )

    def rules(self) -> Rules:
        """Return the form as the core reads it."""
        return Rules(
            currency=self.currency.upper(),
            top_up_url=self.top_up_url,
            no_funds=self.no_funds,
            debt_limit=read_amount(self.debt_limit),
            agents_may_charge=self.agents_may_charge,
        )


@dataclass(slots=True)
class PriceForm:
    """A department's rule as it was typed; `errors` by field."""

    charges: bool = False
    price: str = ""
    no_funds: str = ""
    debt_limit: str = ""
    gives_back_late: bool = False
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, rule: PriceRule | None) -> "PriceForm":
        """Return what is saved; a department without a rule is free."""
        if rule is None:
            return cls()
        price = str(rule.price) if rule.price else ""
        limit = str(rule.debt_limit) if rule.debt_limit else ""
        return cls(rule.charges, price, rule.no_funds, limit, rule.gives_back_late)

    @classmethod
    def typed(cls, request: HttpRequest) -> "PriceForm":
        """Return what was typed."""
        post = request.POST
        return cls(
            charges=post.get("charges") == "1",
            price=post.get("price", ""),
            no_funds=post.get("no_funds", ""),
            debt_limit=post.get("debt_limit", ""),
            gives_back_late="gives_back_late" in post,
        )

    def rule(self) -> Price:
        """Return the form as the core reads it."""
        limit = read_amount(self.debt_limit) if self.no_funds == NoFunds.DEBT else ZERO
        price = read_amount(self.price)
        return Price(self.charges, price, self.no_funds, limit, self.gives_back_late)

    def forgets_price(self, saved: PriceRule | None) -> bool:
        """Whether another price than the saved one was typed beside *Free*, which takes none."""
        kept = saved.price if saved else ZERO
        return not self.charges and bool(self.price.strip()) and read_amount(self.price) != kept

    def samples(self, provider: Provider) -> list[Sample]:
        """Return what clients of each kind would see; none while a sum is not readable."""
        rule = self.rule()
        sums: tuple[Decimal, ...] = (rule.price, rule.debt_limit) if self.charges else ()
        return preview(rule, provider) if all(sum.is_finite() for sum in sums) else []


@require_http_methods(["GET", "HEAD", "POST"])
@as_administrator
def prices(request: HttpRequest, visit: StaffVisit) -> HttpResponse:
    """Show the provider's rules and the departments' prices, or save the rules."""
    if request.method != "POST":
        return _show_rules(request, visit, RulesForm.of(visit.provider))
    form = RulesForm.typed(request)
    try:
        save_billing_rules(by=visit.actor, rules=form.rules())
    except BillingRefused as error:
        form.errors[field_of(error, "currency")] = billing_words(error)
        return _show_rules(request, visit, form, status=422)
    messages.success(request, _("Settings saved."))
    return see_other("settings_prices", visit.provider.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@as_administrator
def department_price(request: HttpRequest, visit: StaffVisit, department: int) -> HttpResponse:
    """Show what a ticket to a department costs, preview what is typed, or save it."""
    rows = visit.provider.departments.select_related("schedule")
    row = get_object_or_404(rows, pk=department)
    saved = PriceRule.objects.filter(department=row).first()
    if request.method != "POST":
        return _show_price(request, visit, row, PriceForm.of(saved))
    form = PriceForm.typed(request)
    if "preview" in request.POST:
        return _show_price(request, visit, row, form)
    if form.forgets_price(saved):
        form.errors["price"] = _("Free takes no price: choose the other, or clear this field.")
        return _show_price(request, visit, row, form, status=422)
    try:
        save_price_rule(by=visit.actor, department_id=row.pk, price=form.rule())
    except BillingRefused as error:
        form.errors[field_of(error, "price")] = billing_words(error)
        return _show_price(request, visit, row, form, status=422)
    messages.success(request, _("Settings saved."))
    return see_other("settings_prices", visit.provider.slug)


def _show_rules(
    request: HttpRequest, visit: StaffVisit, form: RulesForm, *, status: int = 200
) -> HttpResponse:
    rows = visit.provider.departments.select_related("price_rule").order_by("position", "id")
    priced = [(row, getattr(row, "price_rule", None)) for row in rows]
    context = {
        "section": "prices",
        "form": form,
        "departments": priced,
        "no_funds": NoFunds.choices,
    }
    return settings_page(request, "settings/prices.html", visit, context, status=status)


def _show_price(
    request: HttpRequest, visit: StaffVisit, row: Department, form: PriceForm, *, status: int = 200
) -> HttpResponse:
    own = _("As the provider: %(rule)s")
    provider_rule = NoFunds(BillingSettings.of(visit.provider).no_funds).label
    context = {
        "section": "prices",
        "department": row,
        "form": form,
        "no_funds": [("", own % {"rule": provider_rule}), *NoFunds.choices],
        "promise": _promise_words(row),
        "samples": form.samples(visit.provider),
    }
    return settings_page(request, "settings/price.html", visit, context, status=status)


def _promise_words(row: Department) -> str:
    """Return how soon the department promises an answer; empty where it promises none."""
    schedule = getattr(row, "schedule", None)
    minutes = schedule.answer_within if schedule else None
    return minutes_words(minutes) if minutes else ""
