"""An address leads where Django would lead it, also when it is asked for again."""

import pytest
from django.test import RequestFactory
from django.urls import Resolver404, get_resolver

from frontdesk.project.wsgi import LONGEST, Handler, application


@pytest.fixture
def handler() -> Handler:
    return Handler()


@pytest.mark.parametrize(
    "address", ["/", "/northhost/tickets/", "/northhost/tickets/17/", "/northhost/desk/tickets/17/"]
)
def test_an_address_leads_where_its_pattern_says(handler: Handler, address: str) -> None:
    request, right = RequestFactory().get(address), get_resolver().resolve(address)

    for _time in range(2):
        found = handler.resolve_request(request)
        assert (found.func, found.args, found.kwargs) == (right.func, right.args, right.kwargs)
        assert request.resolver_match is found
    assert handler.resolve_request(RequestFactory().get(address)) is found


def test_the_web_processes_answer_by_it() -> None:
    assert isinstance(application, Handler)


def test_a_long_address_is_not_remembered(handler: Handler) -> None:
    address = f"/{'a' * LONGEST}/tickets/"

    found = [handler.resolve_request(RequestFactory().get(address)) for _time in range(2)]

    assert found[0] is not found[1]
    assert found[0].kwargs == found[1].kwargs == {"provider": "a" * LONGEST}


def test_an_address_of_nothing_is_refused_each_time(handler: Handler) -> None:
    for _time in range(2):
        with pytest.raises(Resolver404):
            handler.resolve_request(RequestFactory().get("/northhost/no/such/page/"))
