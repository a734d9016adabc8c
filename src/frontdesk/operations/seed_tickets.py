"""Makes tickets with their messages, events, notes and read marks as rows for COPY."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from frontdesk.operations.seed_copy import NULL, Lines, array, line, next_ids
from frontdesk.operations.seed_people import Crowd
from frontdesk.operations.seed_words import Phrasebook, Sentence
from frontdesk.support.models import Message
from frontdesk.support.search import marks_of

YEARS = timedelta(days=3 * 365)
# Messages of a ticket: how often each count comes. Three on average, a few beyond fifty.
COUNTS = (1, 2, 3, 4, 5, 6, 8, 12, 20, 35, 55, 80)
COUNT_WEIGHTS = (270, 290, 190, 100, 55, 35, 25, 15, 8, 2, 1, 0.5)
SOLVED_SHARE = 0.85
# The newest part of the tickets, in which most of the open ones are.
RECENT_SHARE = 0.15
TAGS = ("dns", "mail", "ssl", "backup", "invoice", "migration", "network", "disk", "php", "abuse")
CHANNELS = ("web", "web", "web", "telegram")
KINDS = {"client": "client_replied", "staff": "staff_replied"}


@dataclass(slots=True)
class Batch:
    """Rows of some thousand tickets."""

    numbers: list[int]
    tickets: Lines = field(default_factory=list)
    messages: Lines = field(default_factory=list)
    events: Lines = field(default_factory=list)
    read_marks: Lines = field(default_factory=list)
    notes: Lines = field(default_factory=list)


@dataclass(slots=True)
class Draft:
    """One ticket while its rows are made."""

    number: int
    account: int
    requester: int
    department: int
    staff: tuple[int, int]
    status: str
    created: float
    sides: list[str]
    channel: str
    last_at: float = 0.0
    waiting_since: float = 0.0
    subject: str = ""
    snippet: str = ""

    def __post_init__(self) -> None:
        self.last_at = self.waiting_since = self.created

    def author(self, place: int) -> int:
        """Return who writes the message at this place."""
        return self.requester if self.sides[place] == "client" else self.staff[1]


class TicketMaker:
    """Draws tickets from a crowd and a phrasebook."""

    def __init__(self, crowd: Crowd, book: Phrasebook, *, dice: random.Random, total: int) -> None:
        self.crowd, self.book, self.dice, self.total = crowd, book, dice, total
        self._end = datetime.now(UTC).timestamp()
        self._begin = self._end - YEARS.total_seconds()

    def make(self, batch: Batch, *, first: int) -> None:
        """Fill the batch; its first ticket is number `first` of the whole run."""
        drafts = [
            self._draft(number, place / self.total)
            for place, number in enumerate(batch.numbers, first)
        ]
        message_ids = iter(next_ids(Message, sum(len(draft.sides) for draft in drafts)))
        for draft in drafts:
            self._write(batch, draft, [next(message_ids) for _ in draft.sides])

    def _draft(self, number: int, age: float) -> Draft:
        """Choose who, where and how it stands. `age` runs from 0, the eldest, to 1."""
        dice, crowd = self.dice, self.crowd
        account = dice.choices(crowd.accounts, cum_weights=crowd.weights)[0]
        place = min(int(dice.expovariate(1.1)), len(crowd.departments) - 1)
        department, staff = crowd.departments[place]
        status = self._status(age)
        return Draft(
            number=number,
            account=account,
            requester=dice.choice(crowd.members[account]),
            department=department,
            staff=dice.choice(staff),
            status=status,
            created=self._begin + (self._end - self._begin) * age,
            sides=self._sides(status),
            channel=dice.choice(CHANNELS),
        )

    def _status(self, age: float) -> str:
        open_share = 1 - SOLVED_SHARE
        chance = open_share * 0.8 / RECENT_SHARE if age > 1 - RECENT_SHARE else open_share * 0.2
        if self.dice.random() > chance:
            return "solved"
        return "in_progress" if self.dice.random() < 0.4 else "waiting_for_reply"

    def _sides(self, status: str) -> list[str]:
        count = self.dice.choices(COUNTS, COUNT_WEIGHTS)[0]
        sides = ["client" if place % 2 == 0 else "staff" for place in range(count)]
        if status == "in_progress" and sides[-1] == "staff":
            sides[-1] = "client"
        if status == "waiting_for_reply" and sides[-1] == "client":
            sides.append("staff")
        return sides

    def _write(self, batch: Batch, draft: Draft, ids: list[int]) -> None:
        for place, pk in enumerate(ids):
            self._write_message(batch, draft, place, pk)
        assignee = draft.staff[0] if self.dice.random() < 0.85 else NULL
        services = self.crowd.services.get(draft.account)
        service = self.dice.choice(services) if services and self.dice.random() < 0.6 else NULL
        solved = draft.status == "solved"
        waits = draft.status == "in_progress"
        batch.tickets.append(
            line(
                draft.number,
                self.crowd.provider_id,
                draft.account,
                draft.requester,
                draft.department,
                service,
                assignee,
                draft.subject,
                draft.status,
                self.dice.choice((1, 2, 2, 2, 2, 3, 4)),
                array(self.dice.sample(TAGS, self.dice.choice((0, 0, 1, 1, 2)))),
                draft.channel,
                _time(draft.created),
                _time(draft.last_at) if solved else NULL,
                _time(draft.waiting_since) if waits else NULL,
                _time(draft.last_at),
                ids[-1],
                draft.author(-1),
                draft.sides[-1],
                draft.snippet,
                len(ids),
            )
        )
        self._write_rest(batch, draft, ids[-1])

    def _write_message(self, batch: Batch, draft: Draft, place: int, pk: int) -> None:
        side, sentences = draft.sides[place], self.book.some()
        draft.snippet = sentences[0].text
        if place == 0:
            draft.subject = draft.snippet
        else:
            draft.last_at = min(draft.last_at + self.dice.expovariate(1 / 9000), self._end)
            if side == "client" and draft.sides[place - 1] == "staff":
                draft.waiting_since = draft.last_at
        text, words = self._text(sentences)
        marks = marks_of(pk, provider_id=self.crowd.provider_id, account_id=draft.account)
        words = " ".join([words, *marks])
        when = _time(draft.last_at)
        head = f"{self.crowd.provider_id}\t{draft.number}\t{draft.author(place)}"
        batch.messages.append(f"{pk}\t{head}\t{side}\t{draft.channel}\t{text}\t{words}\t{when}")
        kind = KINDS[side] if place else "ticket_opened"
        batch.events.append(f'{head}\t{kind}\t{draft.channel}\t{{"message": {pk}}}\t{when}')

    def _text(self, sentences: list[Sentence]) -> tuple[str, str]:
        """Return the text of a message and its words; every third names a thing of its own."""
        text = "\\n".join(sentence.text for sentence in sentences)
        words = " ".join([sentence.words for sentence in sentences])
        if self.dice.random() > 0.33:
            return text, words
        host = self.book.host()
        return f"{text}\\n{host}", f"{words} {host}"

    def _write_rest(self, batch: Batch, draft: Draft, last_id: int) -> None:
        """Add what stands beside the thread: its end, who read it, a colleague's note."""
        provider, when = self.crowd.provider_id, _time(draft.last_at)
        if draft.status == "solved":
            batch.events.append(
                f"{provider}\t{draft.number}\t{draft.requester}\tticket_closed\tweb"
                f'\t{{"from": "waiting_for_reply"}}\t{when}'
            )
        if draft.status != "waiting_for_reply" or self.dice.random() < 0.5:
            batch.read_marks.append(f"{provider}\t{draft.requester}\t{draft.number}\t{last_id}")
        if self.dice.random() < 0.1:
            note = self.dice.choice(self.book.sentences)
            said = f"{note.text}\t{note.words} @p{provider}"
            batch.notes.append(f"{provider}\t{draft.number}\t{draft.staff[1]}\t{said}\t{when}")


def _time(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="milliseconds")
