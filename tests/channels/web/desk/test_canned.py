"""Ready answers at the desk."""

from frontdesk.support.models import CannedReply
from tests.channels.web.client.browser import Browser
from tests.factories import a_ticket
from tests.people import House


def test_ready_answers_come_filled_for_the_ticket(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical, service_id=house.vps.pk)
    CannedReply.objects.create(
        provider=house.north, title="Hi", text="Hello {name}, <#{number}> {service}"
    )

    html = Browser(house.sam).open("desk_canned", ticket.pk).content.decode()

    assert f'data-text="Hello Alice, &lt;#{ticket.pk}&gt; shop.bakery.example"' in html


def test_one_gets_everybodys_the_departments_and_his_own(house: House) -> None:
    ticket = a_ticket(house.alice, house.technical)
    sam, hana = house.sam.staff_places.get(), house.hana.staff_places.get()
    for title, fields in {
        "Everybodys": {},
        "Technicals": {"department": house.technical},
        "Salesmens": {"department": house.sales},
        "Sams": {"owner": sam},
        "Hanas": {"owner": hana},
    }.items():
        CannedReply.objects.create(provider=house.north, title=title, text="x", **fields)
    CannedReply.objects.create(provider=house.south, title="Southern", text="x")

    html = Browser(house.sam).open("desk_canned", ticket.pk).content.decode()

    assert [title for title in ("Everybodys", "Technicals", "Sams") if title in html] == [
        "Everybodys",
        "Technicals",
        "Sams",
    ]
    assert not any(title in html for title in ("Salesmens", "Hanas", "Southern"))
