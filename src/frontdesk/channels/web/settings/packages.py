"""What tickets come by: packages that clients buy, monthly plans, gifts."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from frontdesk.billing.actions.save_package import PackageFacts
from frontdesk.billing.actions.save_plan import PlanFacts
from frontdesk.billing.errors import BillingRefused
from frontdesk.billing.models import Gift, Package, Plan
from frontdesk.channels.web.amounts import billing_words, field_of, read_amount, read_number
from frontdesk.channels.web.render import see_other
from frontdesk.channels.web.settings.shell import settings_page
from frontdesk.channels.web.visit import StaffVisit, as_administrator
from frontdesk.support.actions.offer_package import offer_package
from frontdesk.support.actions.offer_plan import offer_plan

FIELDS = ("name", "quantity", "price", "lasts_days", "position")


@dataclass(slots=True)
class GoodsForm:
    """A package or a plan as it was typed; `errors` by field. A plan has no price and days."""

    values: dict[str, str]
    is_offered: bool = True
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, row: Package | Plan | None) -> "GoodsForm":
        """Return what is saved."""
        if row is None:
            return cls({**dict.fromkeys(FIELDS, ""), "position": "0"})
        saved = {name: getattr(row, name, None) for name in FIELDS}
        texts = {name: "" if value is None else str(value) for name, value in saved.items()}
        return cls(texts, row.is_offered)

    @classmethod
    def typed(cls, request: HttpRequest) -> "GoodsForm":
        """Return what was typed."""
        values = {name: request.POST.get(name, "") for name in FIELDS}
        return cls(values, "is_offered" in request.POST)

    def package(self) -> PackageFacts:
        """Return the form as the core reads a package."""
        days = self.values["lasts_days"].strip()
        return PackageFacts(
            name=self.values["name"],
            quantity=read_number(self.values["quantity"]),
            price=read_amount(self.values["price"]),
            lasts_days=read_number(days) if days else None,
            is_offered=self.is_offered,
            position=self.position,
        )

    def plan(self) -> PlanFacts:
        """Return the form as the core reads a plan."""
        quantity = read_number(self.values["quantity"])
        return PlanFacts(self.values["name"], quantity, self.is_offered, self.position)

    @property
    def position(self) -> int:
        """The place in the list; what a small column of the database can hold."""
        return min(read_number(self.values["position"]), 32_000)


@require_safe
@as_administrator
def packages(request: HttpRequest, visit: StaffVisit) -> HttpResponse:
    """List packages, plans and gifts, those no longer offered at the end."""
    order = ("-is_offered", "position", "id")
    context = {
        "section": "packages",
        "packages": list(Package.objects.filter(provider=visit.provider).order_by(*order)),
        "plans": list(Plan.objects.filter(provider=visit.provider).order_by(*order)),
        "gifts": list(Gift.objects.filter(provider=visit.provider).order_by("-is_on", "id")),
    }
    return settings_page(request, "settings/packages.html", visit, context)


@require_http_methods(["GET", "HEAD", "POST"])
@as_administrator
def package(request: HttpRequest, visit: StaffVisit, package: int | None = None) -> HttpResponse:
    """Show a package or an empty form, or save it."""
    own = Package.objects.filter(provider=visit.provider)
    row = get_object_or_404(own, pk=package) if package is not None else None

    def save(form: GoodsForm) -> object:
        return offer_package(by=visit.actor, facts=form.package(), package_id=package)

    return _answer(request, visit, row, save, kind="package")


@require_http_methods(["GET", "HEAD", "POST"])
@as_administrator
def plan(request: HttpRequest, visit: StaffVisit, plan: int | None = None) -> HttpResponse:
    """Show a plan or an empty form, or save it."""
    own = Plan.objects.filter(provider=visit.provider)
    row = get_object_or_404(own, pk=plan) if plan is not None else None

    def save(form: GoodsForm) -> object:
        return offer_plan(by=visit.actor, facts=form.plan(), plan_id=plan)

    return _answer(request, visit, row, save, kind="plan")


def _answer(
    request: HttpRequest,
    visit: StaffVisit,
    row: Package | Plan | None,
    save: Callable[[GoodsForm], object],
    *,
    kind: str,
) -> HttpResponse:
    form = GoodsForm.typed(request) if request.method == "POST" else GoodsForm.of(row)
    context = {"section": "packages", "row": row, "form": form, "kind": kind}
    if request.method != "POST":
        return settings_page(request, "settings/package.html", visit, context)
    try:
        save(form)
    except BillingRefused as error:
        form.errors[field_of(error, "name")] = billing_words(error)
        return settings_page(request, "settings/package.html", visit, context, status=422)
    messages.success(request, _("Settings saved."))
    return see_other("settings_packages", visit.provider.slug)
