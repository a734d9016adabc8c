"""A chat that exists in memory only: the pure dialogue with a desk that is made up."""

from dataclasses import dataclass, field, replace

from frontdesk.channels.telegram.dialog import step
from frontdesk.channels.telegram.steps.facts import (
    Card,
    Facts,
    Named,
    ProviderFact,
    ServiceFact,
    TicketLine,
    TicketPage,
)
from frontdesk.channels.telegram.steps.given import File, Given, On, Why
from frontdesk.channels.telegram.steps.offers import Costs, OfferFact
from frontdesk.channels.telegram.steps.says import Act, Button, Outcome, Say
from frontdesk.channels.telegram.steps.state import Limits, State

LIMITS = Limits(symbols=255, files=5)
DESCRIBE = (
    "Describe your question: up to 255 symbols in a message. You can send several and attach "
    "up to 5 files. Press Complete when done."
)

NORTH = ProviderFact(
    id=1,
    name="North Host",
    accounts=(Named(10, "Alice's Bakery"),),
    departments=(
        Named(101, "Technical support"),
        Named(102, "Sales"),
    ),
    limits=LIMITS,
)
SOUTH = ProviderFact(
    id=2,
    name="South Cloud",
    accounts=(Named(20, "Bakery West"), Named(21, "Bakery East")),
    departments=(Named(201, "Support"),),
    limits=LIMITS,
)
# North Host with a department that charges: what it takes is `Chat.offer`.
PAID = replace(NORTH, departments=(*NORTH.departments, Named(103, "Administration")))
FIVE_EUROS = OfferFact(
    Costs.MONEY,
    "pay:5.00:EUR",
    price="5.00 EUR",
    balance="20.00 EUR",
    balance_after="15.00 EUR",
)
SIX_EUROS = replace(FIVE_EUROS, code="pay:6.00:EUR", price="6.00 EUR", balance_after="14.00 EUR")
ONE_OF_THREE = OfferFact(Costs.ALLOWANCE, "unit", available=3)
TOO_POOR = OfferFact(
    Costs.TOO_MUCH,
    "short:5.00:EUR",
    price="5.00 EUR",
    balance="2.00 EUR",
    top_up_url="https://pay.northhost.example/",
)
SERVICES = (
    ServiceFact(1001, "vps-1001", "shop.bakery.example", 10),
    ServiceFact(1002, "dom-2001", "bakery.example", 10),
)


def a_card(number: int, *, solved: bool = False, waits: bool = True) -> Card:
    return Card(
        number=number,
        subject="Website is very slow since last night",
        is_solved=solved,
        waits_for_client=waits and not solved,
        provider=1,
        provider_name="North Host",
        account=10,
        service=1001,
        department_name="Technical support",
        time="24 Nov 2026, 16:05",
        author="Ann, support",
        html="The disk is full.",
        limits=LIMITS,
    )


@dataclass
class Chat:
    """Does what a step asks for, remembers what was said, and which keyboard is alive."""

    providers: tuple[ProviderFact, ...] = (NORTH,)
    tickets: dict[int, Card] = field(default_factory=lambda: {1042: a_card(1042)})
    state: State = field(default_factory=State)
    said: list[Say] = field(default_factory=list)
    heard: list[Say] = field(default_factory=list)
    toast: str = ""
    live: Say | None = None
    opened: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)
    replied: list[tuple[int, str, tuple[str, ...]]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    refuse_next: Why | None = None
    offer: OfferFact = FIVE_EUROS
    messages: int = 0

    def give(self, given: Given) -> list[Say]:
        """One arrival, and the acts that follow from it; return what was said."""
        self.heard = []
        outcome = self._step(given)
        while outcome.act is not None:
            outcome = self._step(self._do(outcome.act, given))
        return self.heard

    def send(self, text: str) -> list[Say]:
        self.messages += 1
        if text in COMMANDS:
            return self.give(Given(On(text), message_id=self.messages))
        return self.give(Given(On.TEXT, message_id=self.messages, text=text))

    def attach(self, name: str, *, size: int = 1000, album: str = "", caption: str = "") -> None:
        self.messages += 1
        file = File(file_id=name, name=name, size=size, album=album, caption=caption)
        self.give(Given(On.FILE, message_id=self.messages, file=file))

    def press(self, label: str) -> list[Say]:
        """Press the newest button with this label."""
        for say in reversed(self.said):
            for button in (button for row in say.buttons for button in row):
                if button.label == label:
                    return self.give(pressed(button))
        raise AssertionError(f"no button {label!r}")

    @property
    def last(self) -> Say:
        return self.heard[-1]

    @property
    def labels(self) -> list[list[str]]:
        """The buttons under the last message, row by row."""
        return [[button.label for button in row] for row in self.last.buttons]

    def _step(self, given: Given) -> Outcome:
        had = self.state.dialogue
        outcome = step(self.state, given, self._facts(given))
        self.state, self.toast = outcome.state, outcome.toast
        for say in outcome.says:
            self.said.append(say)
            self.heard.append(say)
            if say.is_step:
                self.live = say
        open_now = self.state.dialogue
        if open_now is None or (had is not None and had.key != open_now.key and not self.heard):
            self.live = None
        return outcome

    def _facts(self, given: Given) -> Facts:
        self.messages += 1
        wanted = given.answers or given.number_argument
        lines = tuple(
            TicketLine(card.number, card.subject, card.waits_for_client)
            for card in self.tickets.values()
            if not card.is_solved
        )
        return Facts(
            new_key=f"key{self.messages:05}-and-more",
            providers=self.providers,
            services=SERVICES,
            tickets=TicketPage(lines=lines[:6], page=0, has_older=len(lines) > 6),
            card=self.tickets.get(wanted),
            offers={(10, 103): self.offer},
        )

    def _do(self, act: Act, given: Given) -> Given:
        why, self.refuse_next = self.refuse_next, None
        if why is not None:
            on = On.FILE_REFUSED if why in OF_FILES and act is Act.KEEP_FILE else On.REFUSED
            return replace(given, on=on, answers=None, mark="", why=why, number=1042, limit=5)
        if act is Act.OPEN and self._is_too_dear():
            return replace(given, on=On.PRICED, answers=None, mark="", offer=self.offer)
        return replace(given, on=DONE[act], answers=None, mark="", number=self._number(act, given))

    def _is_too_dear(self) -> bool:
        """As the core judges: only what was shown and agreed to is taken."""
        dialogue = self.state.dialogue
        assert dialogue is not None
        if dialogue.department != 103 or self.offer.costs is Costs.NOTHING:
            return False
        changed = dialogue.shown != self.offer.code
        unsaid = self.offer.costs is Costs.MONEY and not dialogue.is_agreed
        return changed or unsaid or self.offer.costs is Costs.TOO_MUCH

    def _number(self, act: Act, given: Given) -> int:
        dialogue = self.state.dialogue
        if act is Act.CLOSE:
            card = self.tickets[given.number_argument]
            self.tickets[card.number] = replace(card, is_solved=True, waits_for_client=False)
            return card.number
        if act not in {Act.OPEN, Act.REPLY}:
            return 0
        assert dialogue is not None
        self.keys.append(dialogue.key)
        files = tuple(part.name for part in dialogue.files)
        if act is Act.REPLY:
            assert dialogue.ticket is not None
            self.replied.append((dialogue.ticket, dialogue.text, files))
            return dialogue.ticket
        self.opened.append((dialogue.subject, dialogue.text, files))
        return 1043


COMMANDS = {"/start", "/createticket", "/help", "/cancel", "/language", "/unlink"}

OF_FILES = {Why.TOO_LARGE, Why.TOO_MANY, Why.PROGRAM, Why.EMPTY_FILE, Why.TOO_MUCH, Why.NO_ROOM} | {
    Why.UNREACHABLE,
    Why.TOO_LARGE_FOR_TELEGRAM,
}

DONE = {
    Act.OPEN: On.OPENED,
    Act.REPLY: On.REPLIED,
    Act.CLOSE: On.CLOSED,
    Act.KEEP_FILE: On.FILE_KEPT,
    Act.SET_LANGUAGE: On.LANGUAGE_SET,
    Act.UNLINK: On.UNLINKED,
}


def pressed(button: Button) -> Given:
    """What arrives when a button is pressed."""
    mark, _, rest = button.data.rpartition("~")
    verb, _, argument = rest.partition(":")
    return Given(On(verb), argument=argument, mark=mark)
