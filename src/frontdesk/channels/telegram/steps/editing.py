"""Moves for messages that were edited in the chat: taken while it is written, told of later."""

from frontdesk.channels.telegram.steps import creating, keyboards, texts
from frontdesk.channels.telegram.steps.asking import ask
from frontdesk.channels.telegram.steps.composing import added, open_dialogue, tell, why_refused
from frontdesk.channels.telegram.steps.facts import Facts
from frontdesk.channels.telegram.steps.given import Given
from frontdesk.channels.telegram.steps.says import Outcome, Say
from frontdesk.channels.telegram.steps.state import Dialogue, State, Step, TextPart
from frontdesk.channels.telegram.steps.wording import fill


def change_text(state: State, given: Given, facts: Facts) -> Outcome:
    """A message was edited: its text is replaced here, or, too late, not any more."""
    dialogue = open_dialogue(state)
    if given.message_id == dialogue.subject_message:
        return creating.change_subject(state, given, facts)
    if dialogue.step is Step.SUBJECT and given.message_id in dialogue.refused:
        return creating.take_subject(state, given, facts)
    is_part = any(part.message_id == given.message_id for part in dialogue.texts)
    if not is_part and not _may_become_part(dialogue, given.message_id):
        return edited_too_late(state, given, facts)
    return _replaced(state, given, facts, texts.EDIT_TOO_LONG if is_part else texts.TOO_LONG)


def edited_too_late(state: State, given: Given, _facts: Facts) -> Outcome:
    """The ticket keeps the text that was sent; any other edit is nobody's business."""
    for done in state.finished:
        if given.message_id in done.messages:
            html = fill(texts.KEEPS_FIRST_TEXT, number=done.ticket)
            rows = ((keyboards.add_a_reply(done.ticket), keyboards.show_ticket(done.ticket)),)
            return Outcome(state, (Say(html, rows),))
    return Outcome(state)


def _may_become_part(dialogue: Dialogue, message_id: int) -> bool:
    """Whether it was too long before, or is a file's, which had no words yet."""
    if dialogue.step is not Step.MESSAGE:
        return False
    files = {part.message_id for part in dialogue.files}
    return message_id in files or message_id in dialogue.refused


def _replaced(state: State, given: Given, facts: Facts, too_long: object) -> Outcome:
    """Put the words where the message was sent; a file whose words were deleted has none."""
    dialogue = open_dialogue(state)
    rest = tuple(part for part in dialogue.texts if part.message_id != given.message_id)
    others = dialogue.model_copy(update={"texts": rest})
    if refused := why_refused(others, given.text, too_long):
        return _said(state, facts, refused)
    new = (TextPart(message_id=given.message_id, text=given.text),) if given.text else ()
    parts = sorted((*rest, *new), key=lambda part: part.message_id)
    changed = state.going_on(texts=tuple(parts))
    if dialogue.step is Step.MESSAGE:
        return added(changed)
    return _said(changed, facts, str(texts.CHANGE_KEPT))


def _said(state: State, facts: Facts, html: str) -> Outcome:
    """Tell it; another question that is open is asked again, and so keeps its buttons."""
    if open_dialogue(state).step is Step.MESSAGE:
        return tell(state, html)
    return Outcome(state, (ask(state, facts, note=html),))
