"""Moves of /createticket: provider, account, department, subject, service, then the message."""

from frontdesk.channels.telegram.steps import browsing, keyboards, texts
from frontdesk.channels.telegram.steps.asking import ask
from frontdesk.channels.telegram.steps.facts import Card, Facts, ProviderFact
from frontdesk.channels.telegram.steps.given import Given
from frontdesk.channels.telegram.steps.offers import Costs
from frontdesk.channels.telegram.steps.says import Outcome, Say
from frontdesk.channels.telegram.steps.state import Dialogue, State, Step
from frontdesk.channels.telegram.steps.wording import fill
from frontdesk.support.models.ticket import SUBJECT_LENGTH
from frontdesk.support.subjects import plain_line


def begin(state: State, given: Given, facts: Facts) -> Outcome:
    """A new ticket; what there is only one of is not asked."""
    if not facts.providers:
        return browsing.outside(state, given, facts)
    fresh = Dialogue(key=facts.new_key, step=Step.PROVIDER)
    if len(facts.providers) == 1:
        return _enter_provider(state, fresh, facts.providers[0], facts)
    return _go(state, fresh, facts)


def begin_about(state: State, given: Given, facts: Facts) -> Outcome:
    """A new ticket that goes on with a solved one: its provider, account and service stay."""
    card = facts.card
    if card is None:
        return browsing.no_such_ticket(state, given, facts)
    return _about(state, Dialogue(key=facts.new_key, step=Step.DEPARTMENT), card, facts)


def go_on_about(state: State, given: Given, facts: Facts) -> Outcome:
    """The ticket was closed under a reply: what was written becomes a new ticket about it."""
    assert state.dialogue is not None
    if facts.card is None:
        return browsing.no_such_ticket(state, given, facts)
    fresh = {"ticket": None, "is_named": False, "is_closed": False}
    return _about(state, state.dialogue.model_copy(update=fresh), facts.card, facts)


def choose(state: State, given: Given, facts: Facts) -> Outcome:
    """A button of a list was pressed."""
    return _chosen(state, given.number_argument, facts)


def turn_page(state: State, given: Given, facts: Facts) -> Outcome:
    """Another page of the list, in its place."""
    changed = state.going_on(page=given.number_argument)
    return Outcome(changed, (ask(changed, facts, in_place=True),))


def choose_by_name(state: State, given: Given, facts: Facts) -> Outcome:
    """The name of a choice was typed instead."""
    typed = given.text.strip().casefold()
    named = {name.casefold(): number for number, name in _choices(state, facts)}
    return _chosen(state, named.get(typed, 0), facts)


def accept_price(state: State, _given: Given, facts: Facts) -> Outcome:
    """The price was read; it is agreed to at the end, when it is taken."""
    dialogue = state.dialogue
    assert dialogue is not None
    offer = facts.offer(dialogue.account, dialogue.department)
    if offer.costs is Costs.TOO_MUCH:
        return ask_again(state, _given, facts)
    update = {"step": Step.SUBJECT, "shown": offer.code}
    return _go(state, dialogue.model_copy(update=update), facts)


def ask_again(state: State, _given: Given, facts: Facts) -> Outcome:
    """Nothing can be typed here: the question and its buttons once more."""
    return Outcome(state, (ask(state, facts),))


def take_subject(state: State, given: Given, facts: Facts) -> Outcome:
    """One line, at most 120 symbols."""
    subject = " ".join(given.text.split())
    if not plain_line(subject) or len(subject) > SUBJECT_LENGTH:
        refused = state.refusing(given.message_id)
        return Outcome(refused, (ask(refused, facts, note=_subject_refused(subject)),))
    dialogue = state.dialogue
    assert dialogue is not None
    update = {
        "subject": subject,
        "subject_message": given.message_id,
        # A subject that was too long is none of the messages to come.
        "refused": (),
        "step": Step.MESSAGE if dialogue.about else Step.SERVICE,
    }
    return _go(state, dialogue.model_copy(update=update), facts)


def change_subject(state: State, given: Given, facts: Facts) -> Outcome:
    """The subject's own message was edited before the ticket was sent."""
    subject = " ".join(given.text.split())
    if not plain_line(subject) or len(subject) > SUBJECT_LENGTH:
        return Outcome(state, (ask(state, facts, note=_subject_refused(subject)),))
    changed = state.going_on(subject=subject)
    return Outcome(changed, (ask(changed, facts, note=str(texts.CHANGE_KEPT)),))


def choose_service(state: State, given: Given, facts: Facts) -> Outcome:
    """A button with an own service."""
    return _service(state, given.number_argument, given.argument, facts)


def name_service(state: State, given: Given, facts: Facts) -> Outcome:
    """A typed id; the foreign and the unknown are refused alike."""
    assert state.dialogue is not None
    typed = given.text.strip()
    wanted = typed.casefold()
    for service in facts.services_of(state.dialogue.account):
        if wanted in {service.external_id.casefold(), service.name.casefold()}:
            return _service(state, service.id, typed, facts)
    return _service(state, 0, typed, facts)


def skip_service(state: State, _given: Given, facts: Facts) -> Outcome:
    """About none in particular."""
    assert state.dialogue is not None
    after = state.dialogue.model_copy(update={"service": None, "step": Step.MESSAGE})
    return _go(state, after, facts)


def go_back(state: State, given: Given, facts: Facts) -> Outcome:
    """One step back, with all that was written; before the first is the list of tickets."""
    assert state.dialogue is not None
    earlier = _step_before(state.dialogue, facts)
    if earlier is None:
        shown = browsing.show_tickets(state.ended(), given, facts)
        return Outcome(shown.state, (*_put_aside(state.dialogue), *shown.says))
    return _go(state, state.dialogue.model_copy(update={"step": earlier}), facts)


def _put_aside(dialogue: Dialogue) -> tuple[Say, ...]:
    """What is said of a ticket that is left by *Back* though something was written."""
    if dialogue.is_empty:
        return ()
    return (Say(str(texts.TICKET_CANCELLED)), *browsing.written(dialogue))


def text_only(state: State, _given: Given, facts: Facts) -> Outcome:
    """Files have their place at the last step."""
    return Outcome(state, (ask(state, facts, note=str(texts.TEXT_ONLY_HERE)),))


def department_refused(state: State, facts: Facts) -> Outcome:
    """The department was hidden meanwhile: choose another, everything else stays."""
    changed = state.going_on(step=Step.DEPARTMENT, page=0)
    return Outcome(changed, (ask(changed, facts, note=str(texts.DEPARTMENT_IS_GONE)),))


def service_refused(state: State, facts: Facts) -> Outcome:
    """The service went to somebody else meanwhile."""
    changed = state.going_on(step=Step.SERVICE, page=0, service=None)
    return Outcome(changed, (ask(changed, facts),))


def _go(state: State, dialogue: Dialogue, facts: Facts) -> Outcome:
    """Take a step and ask its question."""
    fresh = dialogue.model_copy(update={"page": 0})
    changed = state.model_copy(update={"dialogue": fresh})
    return Outcome(changed, (ask(changed, facts),))


def _enter_provider(
    state: State, dialogue: Dialogue, provider: ProviderFact, facts: Facts
) -> Outcome:
    chosen = dialogue.model_copy(
        update={"provider": provider.id, "limits": provider.limits, "step": Step.ACCOUNT}
    )
    if len(provider.accounts) > 1:
        return _go(state, chosen, facts)
    return _enter_account(state, chosen, provider.accounts[0].id, facts)


def _enter_account(state: State, dialogue: Dialogue, account: int, facts: Facts) -> Outcome:
    update = {"account": account, "step": Step.DEPARTMENT}
    return _go(state, dialogue.model_copy(update=update), facts)


def _about(state: State, dialogue: Dialogue, card: Card, facts: Facts) -> Outcome:
    update = {
        "step": Step.DEPARTMENT,
        "about": card.number,
        "provider": card.provider,
        "account": card.account,
        "service": card.service,
        "limits": card.limits,
    }
    return _go(state, dialogue.model_copy(update=update), facts)


def _chosen(state: State, number: int, facts: Facts) -> Outcome:
    """Take a choice of the present list; asked again where there is none such."""
    dialogue = state.dialogue
    assert dialogue is not None
    if number not in {known for known, _name in _choices(state, facts)}:
        return Outcome(state, (ask(state, facts),))
    if dialogue.step is Step.PROVIDER:
        provider = facts.provider(number)
        assert provider is not None
        return _enter_provider(state, dialogue, provider, facts)
    if dialogue.step is Step.ACCOUNT:
        return _enter_account(state, dialogue, number, facts)
    name = dict(_choices(state, facts))[number]
    offer = facts.offer(dialogue.account, number)
    asks_for_money = offer.costs in {Costs.MONEY, Costs.TOO_MUCH}
    update = {
        "department": number,
        "department_name": name,
        "shown": offer.code,
        "is_agreed": False,
        "step": Step.PRICE if asks_for_money else Step.SUBJECT,
    }
    return _go(state, dialogue.model_copy(update=update), facts)


def _choices(state: State, facts: Facts) -> list[tuple[int, str]]:
    """Return the ids and names that the present step offers."""
    dialogue = state.dialogue
    assert dialogue is not None
    if dialogue.step is Step.PROVIDER:
        return [(one.id, one.name) for one in facts.providers]
    provider = facts.provider(dialogue.provider)
    if provider is None:
        return []
    if dialogue.step is Step.ACCOUNT:
        return [(one.id, one.name) for one in provider.accounts]
    return [(one.id, one.name) for one in provider.departments]


def _subject_refused(subject: str) -> str:
    over = len(subject) - SUBJECT_LENGTH
    return fill(texts.SUBJECT_TOO_LONG, length=len(subject), over=over) if over > 0 else ""


def _service(state: State, number: int, typed: str, facts: Facts) -> Outcome:
    dialogue = state.dialogue
    assert dialogue is not None
    if number not in {one.id for one in facts.services_of(dialogue.account)}:
        note = fill(texts.NO_SUCH_SERVICE, id=keyboards.cut(typed))
        return Outcome(state, (ask(state, facts, note=note, alone=True),))
    after = dialogue.model_copy(update={"service": number, "step": Step.MESSAGE})
    return _go(state, after, facts)


def _step_before(dialogue: Dialogue, facts: Facts) -> Step | None:
    if dialogue.step is Step.MESSAGE:
        return Step.SUBJECT if dialogue.about else Step.SERVICE
    if dialogue.step is Step.SERVICE:
        return Step.SUBJECT
    if dialogue.step in {Step.SUBJECT, Step.PRICE}:
        return Step.DEPARTMENT
    if dialogue.about:
        return None
    provider = facts.provider(dialogue.provider)
    several_accounts = provider is not None and len(provider.accounts) > 1
    if dialogue.step is Step.DEPARTMENT and several_accounts:
        return Step.ACCOUNT
    return Step.PROVIDER if len(facts.providers) > 1 else None
