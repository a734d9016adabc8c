"""An address that only takes a form leads who opens it to the page where the form stands."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.channels.web.audiences import Scene
from tests.channels.web.strangers import RULES
from tests.channels.web.test_strangers import scene  # noqa: F401 - a fixture

# Called by scripts, or by a page before anybody has signed in: nobody is left at these.
NO_PAGES = {"upload", "remove_upload", "keep_draft", "preview_subject", "desk_presence"}
FORMS = [name for name, rule in RULES.items() if rule.method == "post" and rule.who.guests]


@pytest.mark.parametrize("name", [name for name in FORMS if name not in NO_PAGES])
def test_the_address_of_a_form_leads_to_its_page(scene: Scene, name: str):  # noqa: F811
    rule, client = RULES[name], Client()
    client.force_login(getattr(scene.house, rule.who.guests[0]))

    response = client.get(reverse(name, args=rule.arguments(scene)), follow=True)

    assert response.redirect_chain
    assert response.status_code == 200
    assert not response.redirect_chain[-1][0].startswith("/sign-in/")


def test_the_way_back_to_the_queue_keeps_its_view(scene: Scene):  # noqa: F811
    client = Client()
    client.force_login(scene.house.sam)

    response = client.get("/northhost/desk/chosen/?view=mine")

    assert response.headers["Location"] == "/northhost/desk/?view=mine"


def test_the_address_of_a_form_takes_no_other_method(scene: Scene):  # noqa: F811
    client = Client()
    client.force_login(scene.house.sam)

    assert client.put("/northhost/desk/chosen/").status_code == 405
