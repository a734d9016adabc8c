"""The buttons under the bot's messages: at most two in a row, at most 64 bytes of data each."""

from collections.abc import Sequence

from frontdesk.channels.telegram.steps import texts
from frontdesk.channels.telegram.steps.facts import Card, TicketPage
from frontdesk.channels.telegram.steps.given import On
from frontdesk.channels.telegram.steps.offers import Costs, OfferFact
from frontdesk.channels.telegram.steps.says import Button, Rows
from frontdesk.channels.telegram.steps.state import Dialogue

PAGE = 6
LABEL_SYMBOLS = 60
LANGUAGES = (("en", "English"), ("ru", "Русский"))


def data(on: On, argument: object = "", *, mark: str = "") -> str:
    """Return what a button sends back: whose it is, what it does, to what."""
    return f"{mark}~{on}:{argument}" if mark else f"{on}:{argument}"


def cut(label: str) -> str:
    """Return a label that fits, cut at a word."""
    if len(label) <= LABEL_SYMBOLS:
        return label
    head = label[: LABEL_SYMBOLS - 1]
    return (head.rpartition(" ")[0] if " " in head[LABEL_SYMBOLS // 2 :] else head) + "…"


# --- buttons that always work -----------------------------------------------------------------


def show_tickets() -> Button:
    """Opens the list."""
    return Button(str(texts.SHOW_TICKETS), data(On.LIST, 0))


def new_ticket() -> Button:
    """Begins a ticket."""
    return Button(str(texts.NEW_TICKET), data(On.NEW))


def add_a_reply(number: int) -> Button:
    """Begins an answer."""
    return Button(str(texts.ADD_A_REPLY), data(On.REPLY, number))


def show_ticket(number: int) -> Button:
    """Opens the card."""
    return Button(str(texts.SHOW_TICKET), data(On.CARD, number))


def about_this(number: int) -> Button:
    """Begins a ticket that goes on with a solved one."""
    return Button(str(texts.ABOUT_THIS), data(On.ABOUT, number))


def back_to_list() -> Button:
    """Leads from a card to the list."""
    return Button(str(texts.BACK), data(On.LIST, 0))


def ticket_list(page: TicketPage) -> Rows:
    """One button a ticket; an arrow where it waits for the client."""
    rows: list[tuple[Button, ...]] = [
        (
            Button(
                cut(f"{'↩ ' if line.waits_for_client else ''}#{line.number} {line.subject}"),
                data(On.CARD, line.number),
            ),
        )
        for line in page.lines
    ]
    pages = _pages(On.TURN, page.page, has_older=page.has_older)
    return (*rows, *pages, (new_ticket(),))


def card(ticket: Card) -> Rows:
    """What can be done with a ticket."""
    if ticket.is_solved:
        return ((about_this(ticket.number),), (back_to_list(),))
    if not ticket.waits_for_client:
        return ((add_a_reply(ticket.number),), (back_to_list(),))
    archive = Button(str(texts.ARCHIVE), data(On.ARCHIVE, ticket.number))
    return ((add_a_reply(ticket.number), archive), (back_to_list(),))


def sure_to_archive(number: int) -> Rows:
    """Asks once more."""
    sure = Button(str(texts.ARCHIVE), data(On.ARCHIVE_SURE, number))
    return ((sure, Button(str(texts.CANCEL), data(On.STOP))),)


def languages() -> Rows:
    """The languages the bot speaks."""
    return (tuple(Button(name, data(On.SPEAK, code)) for code, name in LANGUAGES),)


# --- buttons of one dialogue ------------------------------------------------------------------


def choices(dialogue: Dialogue, named: Sequence[tuple[int, str]], *, back: bool) -> Rows:
    """One button a choice, six a page, then the ways out."""
    first = dialogue.page * PAGE
    rows: list[tuple[Button, ...]] = [
        (Button(cut(label), data(On.CHOOSE, number, mark=dialogue.mark)),)
        for number, label in named[first : first + PAGE]
    ]
    has_older = len(named) > first + PAGE
    pages = _pages(On.PAGE, dialogue.page, has_older=has_older, mark=dialogue.mark)
    return (*rows, *pages, way_out(dialogue, back=back))


def services(dialogue: Dialogue, named: Sequence[tuple[int, str]]) -> Rows:
    """The choices, and *Skip*."""
    *rows, out = choices(dialogue, named, back=True)
    return (*rows, (Button(str(texts.SKIP), data(On.SKIP, mark=dialogue.mark)),), out)


def price(dialogue: Dialogue, offer: OfferFact) -> Rows:
    """Under what a department costs: go on, or pay in first, or choose another."""
    if offer.costs is Costs.TOO_MUCH:
        first = _top_up(offer)
    else:
        first = (Button(str(texts.GO_ON), data(On.GO_ON, mark=dialogue.mark)),)
    return ((*first, _back(dialogue)), (_cancel(dialogue),))


def paying(dialogue: Dialogue, offer: OfferFact) -> Rows:
    """Under the last question of a paid ticket; the button names the price it agrees to."""
    if offer.costs is Costs.TOO_MUCH:
        return ((*_top_up(offer), _complete(dialogue)), (_back(dialogue), _cancel(dialogue)))
    words = str(texts.PAY) % {"price": offer.price}
    pay = Button(words, data(On.PAY, offer.code, mark=dialogue.mark))
    return ((pay,), (_back(dialogue), _cancel(dialogue)))


def _top_up(offer: OfferFact) -> tuple[Button, ...]:
    return (Button(str(texts.TOP_UP), url=offer.top_up_url),) if offer.top_up_url else ()


def way_out(dialogue: Dialogue, *, back: bool = True) -> tuple[Button, ...]:
    """*Back* and *Cancel*."""
    return (_back(dialogue), _cancel(dialogue)) if back else (_cancel(dialogue),)


def describing(dialogue: Dialogue) -> Rows:
    """Under the last question of a new ticket."""
    return ((_complete(dialogue), _back(dialogue)), (_cancel(dialogue),))


def writing(dialogue: Dialogue) -> Rows:
    """*Complete* and *Cancel*; of a ticket that was closed, the way to a new one."""
    if dialogue.is_closed:
        return _closed_while_writing(dialogue)
    return ((_complete(dialogue), _cancel(dialogue)),)


def _closed_while_writing(dialogue: Dialogue) -> Rows:
    on = Button(str(texts.ABOUT_THIS), data(On.GO_ON_ABOUT, dialogue.ticket, mark=dialogue.mark))
    return ((on,), (_cancel(dialogue),))


def _complete(dialogue: Dialogue) -> Button:
    return Button(str(texts.COMPLETE), data(On.COMPLETE, mark=dialogue.mark))


def _back(dialogue: Dialogue) -> Button:
    return Button(str(texts.BACK), data(On.BACK, mark=dialogue.mark))


def _cancel(dialogue: Dialogue) -> Button:
    return Button(str(texts.CANCEL), data(On.CANCEL, mark=dialogue.mark))


def _pages(on: On, page: int, *, has_older: bool, mark: str = "") -> Rows:
    """*Newer* and *Older*, where there are such pages."""
    row = []
    if page > 0:
        row.append(Button(str(texts.NEWER), data(on, page - 1, mark=mark)))
    if has_older:
        row.append(Button(str(texts.OLDER), data(on, page + 1, mark=mark)))
    return (tuple(row),) if row else ()
