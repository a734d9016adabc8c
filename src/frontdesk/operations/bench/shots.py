"""The pages that are measured, and who asks for them: Alice, Sam, and clients of all sizes."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from frontdesk.accounts.models import Member, Provider, User
from frontdesk.operations.bench.measure import Shot
from frontdesk.operations.bench.people import CSRF_TOKEN, sign_in
from frontdesk.support.access import client_reach, staff_reach
from frontdesk.support.actions.open_ticket import TicketRequest, open_ticket
from frontdesk.support.actions.reply import Answer, reply
from frontdesk.support.actor import Actor
from frontdesk.support.channels import Channel
from frontdesk.support.models import Department, Message, Ticket

SLUG = "northhost"
LONG_THREAD = 50
WRITERS = 200
COMMON_WORD = "server"
QUESTION = (
    "The shop is slow since last night.\n\nPages take twenty seconds and more. We changed nothing."
    " Orders are stopping, please look at it as soon as you can."
)


@dataclass(frozen=True, slots=True)
class Scene:
    """A page with its requests. `is_read` tells lists and pages from what writes."""

    name: str
    shots: list[Shot]
    is_read: bool = True
    is_list: bool = False


class Casting:
    """Finds the people and tickets of the scenes in the database as it is now."""

    def __init__(self) -> None:
        self.provider = Provider.objects.get(slug=SLUG)
        named = {user.email.split("@")[0]: user for user in User.objects.filter(email__in=NAMED)}
        self.alice, self.sam = named["alice"], named["sam"]
        self.cookies = sign_in([self.alice, self.sam, *self._writers()])

    def scenes(self) -> list[Scene]:
        """Return everything that is measured, in the order of the table."""
        makers: list[Callable[[], Scene]] = [
            self._client_list,
            self._queue,
            self._client_ticket,
            self._desk_ticket,
            *(self._search(rare=True, desk=desk) for desk in (False, True)),
            *(self._search(rare=False, desk=desk) for desk in (False, True)),
            self._opening,
            self._replying,
        ]
        return [make() for make in makers]

    def _client_list(self) -> Scene:
        shot = Shot(f"/{SLUG}/tickets/", self.cookies[self.alice.pk])
        return Scene("client list, 50 rows", [shot], is_list=True)

    def _queue(self) -> Scene:
        shot = Shot(f"/{SLUG}/desk/", self.cookies[self.sam.pk])
        return Scene("staff queue, 50 rows", [shot], is_list=True)

    def _client_ticket(self) -> Scene:
        number = self._long_ticket().pk
        shot = Shot(f"/{SLUG}/tickets/{number}/", self.cookies[self.alice.pk])
        return Scene("ticket, 50 messages, client", [shot])

    def _desk_ticket(self) -> Scene:
        number = self._long_ticket().pk
        shot = Shot(f"/{SLUG}/desk/tickets/{number}/", self.cookies[self.sam.pk])
        return Scene("ticket, 50 messages, desk", [shot])

    def _search(self, *, rare: bool, desk: bool) -> Callable[[], Scene]:
        def make() -> Scene:
            who = self.sam if desk else self.alice
            word = self._rare_word(desk=desk) if rare else COMMON_WORD
            page = "desk" if desk else "tickets"
            name = f"search, {'rare' if rare else 'common'} word, {'desk' if desk else 'client'}"
            return Scene(name, [Shot(f"/{SLUG}/{page}/?q={word}", self.cookies[who.pk])])

        return make

    def _opening(self) -> Scene:
        department = Department.objects.filter(provider=self.provider).in_order()[0]
        form = {"message": QUESTION, "department": str(department.pk)}
        writers = Member.objects.filter(provider=self.provider, user_id__in=self.cookies)
        # Who belongs to one account is not asked which.
        shots = [
            self._form(f"/{SLUG}/tickets/new/", member.user_id, form)
            for member in writers
            if member.user_id != self.sam.pk
        ]
        return Scene("open a ticket", shots, is_read=False)

    def _replying(self) -> Scene:
        form = {"message": "It is still slow. " + QUESTION[-120:]}
        tickets = Ticket.objects.filter(provider=self.provider, requester_id__in=self.cookies)
        shots = [
            self._form(f"/{SLUG}/tickets/{ticket.pk}/reply/", ticket.requester_id, form)
            for ticket in tickets.open().order_by("-pk")[:WRITERS]
        ]
        return Scene("reply", shots, is_read=False)

    def _form(self, path: str, user_id: int, form: dict[str, str]) -> Shot:
        fields = {"csrfmiddlewaretoken": CSRF_TOKEN, **form}
        return Shot(path, self.cookies[user_id], fields, status=303)

    def _writers(self) -> list[User]:
        """Clients who have an open ticket, each of one account only."""
        tickets = Ticket.objects.filter(provider=self.provider).open().order_by("-pk")
        ids = list(dict.fromkeys(tickets.values_list("requester_id", flat=True)[: WRITERS * 3]))
        return list(User.objects.filter(pk__in=ids[:WRITERS]).exclude(pk=self.alice.pk))

    def _rare_word(self, *, desk: bool) -> str:
        messages = Message.objects.filter(provider=self.provider, text__contains="\nnode")
        if desk:
            messages = messages.filter(ticket__department__staff__user=self.sam)
        else:
            messages = messages.filter(ticket__account__members__user=self.alice)
        return messages.order_by("pk")[0].text.split("\n")[-1]

    def _long_ticket(self) -> Ticket:
        """Return Alice's ticket of fifty messages in a department of Sam's, made if need be."""
        own = Ticket.objects.filter(requester=self.alice, message_count=LONG_THREAD).open()
        ticket = own.filter(department__staff__user=self.sam).first()
        return ticket or self._write_long_ticket()

    def _write_long_ticket(self) -> Ticket:
        client, staff = (
            client_reach(self.alice, self.provider),
            staff_reach(self.sam, self.provider),
        )
        assert client is not None
        assert staff is not None
        alice, sam = Actor(self.alice, client, Channel.WEB), Actor(self.sam, staff, Channel.WEB)
        department = Department.objects.filter(seats__staff__user=self.sam).in_order()[0]
        request = TicketRequest(text=QUESTION, department_id=department.pk)
        ticket = open_ticket(by=alice, request=request, key=secrets.token_hex(8))
        for place in range(1, LONG_THREAD):
            answer = Answer(text=f"Answer {place}. {QUESTION}")
            by = sam if place % 2 else alice
            reply(by=by, number=ticket.pk, answer=answer, key=secrets.token_hex(8))
        return ticket


NAMED = ("alice@client.example", "sam@northhost.example")
