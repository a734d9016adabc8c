"""The first page: leads a signed-in person to the right home."""

from dataclasses import dataclass

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from frontdesk.accounts.models import Member, Provider, Staff, User


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere a person can go: a provider's support center, or its desk."""

    name: str
    address: str
    is_desk: bool


@require_GET
def home(request: HttpRequest) -> HttpResponseBase:
    """Lead to the one place a person has, or let him choose among several."""
    if not request.user.is_authenticated:
        return redirect_to_login("/", redirect_field_name="next")
    assert isinstance(request.user, User)
    places = places_of(request.user)
    if len(places) == 1:
        return redirect(places[0].address)
    return render(request, "places.html", {"places": places, "person": request.user})


def places_of(user: User) -> list[Place]:
    """Return every provider where the person is a client or staff."""
    desks = Staff.objects.filter(user=user, is_active=True).select_related("provider")
    members = Member.objects.filter(user=user).select_related("provider")
    clients = {member.provider.slug: member.provider for member in members}
    return [
        Place(
            staff.provider.name,
            reverse("desk", args=[staff.provider.slug]),
            is_desk=True,
        )
        for staff in desks.order_by("provider__name")
    ] + [
        Place(provider.name, reverse("client_home", args=[slug]), is_desk=False)
        for slug, provider in sorted(clients.items())
    ]


@require_GET
@cache_control(public=True, max_age=86_400)
def brand_style(_request: HttpRequest, provider: str) -> HttpResponse:
    """Answer the provider's own stylesheet: one hue. Its address carries the hue it is for."""
    hue = get_object_or_404(Provider.objects.only("hue"), slug=provider).hue
    css = f"@layer tokens {{ :root {{ --brand-hue: {hue}; }} }}\n"
    return HttpResponse(css, content_type="text/css; charset=utf-8")
