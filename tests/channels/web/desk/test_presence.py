"""Who else reads or writes."""

from datetime import timedelta

from django.utils import timezone

from frontdesk.support.models import Presence
from tests.channels.web.client.browser import Browser, text_of
from tests.factories import a_ticket
from tests.people import House


def test_colleagues_see_who_reads_and_who_writes(house: House) -> None:
    ticket, sam, hana = (
        a_ticket(house.alice, house.technical),
        Browser(house.sam),
        Browser(house.hana),
    )
    sam.send("desk_presence", ticket.pk, doing="reading")

    reading = text_of(hana.send("desk_presence", ticket.pk, doing="writing"))
    writing = text_of(sam.send("desk_presence", ticket.pk, doing="reading"))

    assert reading.endswith("Sam is reading this ticket")
    assert writing.endswith("Hana is replying")


def test_who_leaves_is_gone_at_once(house: House) -> None:
    ticket, sam = a_ticket(house.alice, house.technical), Browser(house.sam)
    sam.send("desk_presence", ticket.pk, doing="reading")

    sam.send("desk_presence", ticket.pk, doing="leaving")

    assert "Sam is" not in text_of(Browser(house.hana).open("desk_ticket", ticket.pk))


def test_who_says_nothing_more_is_gone_after_a_while(house: House) -> None:
    ticket, sam = a_ticket(house.alice, house.technical), Browser(house.sam)
    sam.send("desk_presence", ticket.pk, doing="reading")
    Presence.objects.update(seen_at=timezone.now() - timedelta(minutes=1))

    assert "Sam is" not in text_of(Browser(house.hana).open("desk_ticket", ticket.pk))


def test_nobody_sees_himself(house: House) -> None:
    ticket, sam = a_ticket(house.alice, house.technical), Browser(house.sam)
    sam.send("desk_presence", ticket.pk, doing="writing")

    assert "Sam is" not in text_of(sam.open("desk_ticket", ticket.pk))
