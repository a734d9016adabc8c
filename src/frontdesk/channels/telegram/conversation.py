"""Takes the steps that follow from one arrival: the pure step, then the act it asked for."""

from frontdesk.channels.telegram.acts import Fetched, forget_files, perform
from frontdesk.channels.telegram.dialog import step
from frontdesk.channels.telegram.facts import load_facts
from frontdesk.channels.telegram.person import Person
from frontdesk.channels.telegram.steps.given import File, Given, On
from frontdesk.channels.telegram.steps.says import Act, Outcome, Say
from frontdesk.channels.telegram.steps.state import State


class NeedsFile(Exception):
    """The step keeps a file that was not fetched yet: fetch it, then take the step again."""

    def __init__(self, file: File) -> None:
        super().__init__(file.name)
        self.file = file


class Conversation:
    """Collects what is said until nothing more is to be done."""

    def __init__(self, person: Person, state: State, fetched: Fetched | None) -> None:
        """Begin where the chat is."""
        self.person = person
        self.state = state
        self.says: list[Say] = []
        self.toast = ""
        self.is_unlinked = False
        self._fetched = fetched

    def take(self, given: Given) -> None:
        """Take a step, and those that follow from its act. Raises NeedsFile."""
        outcome = self._step(given)
        while outcome.act is not None:
            if outcome.act is Act.KEEP_FILE and self._fetched is None:
                assert given.file is not None
                raise NeedsFile(given.file)
            result = perform(
                outcome.act,
                person=self.person,
                dialogue=self.state.dialogue,
                given=given,
                fetched=self._fetched,
            )
            self.is_unlinked = result.on is On.UNLINKED
            outcome = self._step(result)

    def tidy_up(self, before: State) -> None:
        """Forget the files of a dialogue that ended and was not sent."""
        old, now = before.dialogue, self.state.dialogue
        if old is not None and (now is None or now.key != old.key):
            forget_files(self.person, old)

    def _step(self, given: Given) -> Outcome:
        outcome = step(self.state, given, load_facts(self.person, self.state, given))
        self.state = outcome.state
        self.says += outcome.says
        self.toast = outcome.toast or self.toast
        return outcome
