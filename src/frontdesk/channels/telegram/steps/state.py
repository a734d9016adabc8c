"""What a chat remembers between two updates; kept as JSON in its row."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

# Edits of older tickets' messages are answered in words without a number.
FINISHED_KEPT = 5
REFUSED_KEPT = 20


class Step(StrEnum):
    """What the bot is waiting for."""

    PROVIDER = "provider"
    ACCOUNT = "account"
    DEPARTMENT = "department"
    PRICE = "price"
    SUBJECT = "subject"
    SERVICE = "service"
    MESSAGE = "message"


class Kept(BaseModel):
    """A value that is replaced, never changed."""

    model_config = ConfigDict(frozen=True)


class TextPart(Kept):
    """One message of the ticket or reply that is being written."""

    message_id: int
    text: str


class FilePart(Kept):
    """One file of it, already stored."""

    message_id: int
    name: str


class Limits(Kept):
    """What the provider allows, as it was when the dialogue began."""

    symbols: int = 255
    files: int = 5


class Dialogue(Kept):
    """A ticket or a reply in the making.

    `key` is its form key: the act is done once for it, its files wait under it, and its
    buttons carry the beginning of it. `ticket` is the one that is answered, `about` the solved
    one that a new ticket goes on with. `is_named`: the reply began by Telegram's own, so its
    progress says which ticket it is for. `is_closed`: that ticket was closed meanwhile, so that
    what is written can only become a new one. `refused` are the messages that were too long, which
    people shorten by editing them. `refused_album` remembers whose files were too many,
    so that an album is told of once. `shown` is the code of the offer that the person was told,
    `is_agreed` that he agreed to pay it.
    """

    key: str
    step: Step
    limits: Limits = Limits()
    ticket: int | None = None
    about: int | None = None
    provider: int | None = None
    account: int | None = None
    department: int | None = None
    department_name: str = ""
    shown: str = ""
    is_agreed: bool = False
    subject: str = ""
    subject_message: int = 0
    service: int | None = None
    page: int = 0
    is_named: bool = False
    is_closed: bool = False
    texts: tuple[TextPart, ...] = ()
    files: tuple[FilePart, ...] = ()
    refused: tuple[int, ...] = ()
    refused_album: str = ""
    refused_names: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """What the buttons of this dialogue carry, to be told from those of an older one."""
        return self.key[:8]

    @property
    def is_reply(self) -> bool:
        """Whether a ticket is answered; otherwise one is opened."""
        return self.ticket is not None

    @property
    def text(self) -> str:
        """The messages joined in order: one message of the ticket."""
        return "\n\n".join(part.text for part in self.texts)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written or attached yet."""
        return not self.texts and not self.files


class Finished(Kept):
    """What was sent: which messages of the chat were written for which ticket."""

    mark: str
    ticket: int
    messages: tuple[int, ...] = ()


class State(Kept):
    """All that is remembered of a chat's conversation."""

    dialogue: Dialogue | None = None
    finished: tuple[Finished, ...] = ()

    def going_on(self, **changes: object) -> "State":
        """Return the state with the open dialogue changed."""
        assert self.dialogue is not None
        return self.model_copy(update={"dialogue": self.dialogue.model_copy(update=changes)})

    def refusing(self, message_id: int) -> "State":
        """Return the state that remembers the message: shortened, it is taken."""
        assert self.dialogue is not None
        others = tuple(one for one in self.dialogue.refused if one != message_id)
        return self.going_on(refused=(*others, message_id)[-REFUSED_KEPT:])

    def ended(self) -> "State":
        """Return the state without a dialogue."""
        return self.model_copy(update={"dialogue": None})

    def sent(self, ticket: int) -> "State":
        """Return the state after the open dialogue became (part of) a ticket."""
        assert self.dialogue is not None
        messages = {part.message_id: None for part in self.dialogue.texts}
        messages |= {part.message_id: None for part in self.dialogue.files}
        messages |= dict.fromkeys(self.dialogue.refused)
        if self.dialogue.subject_message:
            messages[self.dialogue.subject_message] = None
        done = Finished(mark=self.dialogue.mark, ticket=ticket, messages=tuple(messages))
        return State(finished=(*self.finished, done)[-FINISHED_KEPT:])
