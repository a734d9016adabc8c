"""The question of each step, with its buttons."""

from frontdesk.channels.telegram.steps import keyboards, texts, wording
from frontdesk.channels.telegram.steps.facts import Facts
from frontdesk.channels.telegram.steps.offers import Costs, OfferFact
from frontdesk.channels.telegram.steps.says import Rows, Say
from frontdesk.channels.telegram.steps.state import Dialogue, State, Step
from frontdesk.channels.telegram.steps.wording import fill, safe
from frontdesk.support.models.ticket import SUBJECT_LENGTH


def ask(
    state: State, facts: Facts, *, note: str = "", alone: bool = False, in_place: bool = False
) -> Say:
    """Return the question of the open step; `note` stands before it, or `alone` instead."""
    dialogue = state.dialogue
    assert dialogue is not None
    question, buttons = _QUESTIONS[dialogue.step](dialogue, facts)
    html = note if alone else "\n\n".join(filter(None, (note, question)))
    return Say(
        html,
        buttons,
        is_step=True,
        slot=dialogue.step,
        in_place=in_place,
        ticket=dialogue.ticket,
    )


def _provider(dialogue: Dialogue, facts: Facts) -> tuple[str, Rows]:
    named = [(one.id, one.name) for one in facts.providers]
    return str(texts.WHICH_PROVIDER), keyboards.choices(dialogue, named, back=False)


def _account(dialogue: Dialogue, facts: Facts) -> tuple[str, Rows]:
    provider = facts.provider(dialogue.provider)
    named = [(one.id, one.name) for one in provider.accounts] if provider else []
    return str(texts.WHICH_ACCOUNT), keyboards.choices(dialogue, named, back=True)


def _department(dialogue: Dialogue, facts: Facts) -> tuple[str, Rows]:
    provider = facts.provider(dialogue.provider)
    departments = provider.departments if provider else ()
    offers = [facts.offer(dialogue.account, one.id) for one in departments]
    named = [
        (one.id, f"{one.name} · {_price_words(offer)}")
        for one, offer in zip(departments, offers, strict=True)
    ]
    question = texts.WHICH_DEPARTMENT if named else texts.NO_DEPARTMENTS
    hours = [f"<b>{safe(one.name)}</b>: {safe(one.says)}" for one in departments if one.says]
    html = "\n".join([str(question), *([""] if hours else []), *hours])
    return html, keyboards.choices(dialogue, named, back=True)


def _price_words(offer: OfferFact) -> str:
    if offer.costs is Costs.NOTHING:
        return str(texts.FREE)
    if offer.costs is Costs.ALLOWANCE:
        return str(texts.AVAILABLE) % {"available": offer.available}
    return offer.price


def _price(dialogue: Dialogue, facts: Facts) -> tuple[str, Rows]:
    offer = facts.offer(dialogue.account, dialogue.department)
    words = {
        Costs.MONEY: texts.MUST_BE_PAID,
        Costs.TOO_MUCH: texts.CANNOT_PAY,
    }.get(offer.costs, texts.NOTHING_TO_PAY)
    sums = {"price": offer.price, "balance": offer.balance, "after": offer.balance_after}
    return fill(words, **sums), keyboards.price(dialogue, offer)


def _subject(dialogue: Dialogue, _facts: Facts) -> tuple[str, Rows]:
    return fill(texts.WHAT_ABOUT, most=SUBJECT_LENGTH), (keyboards.way_out(dialogue),)


def _service(dialogue: Dialogue, facts: Facts) -> tuple[str, Rows]:
    named = [
        (one.id, f"{one.external_id} · {one.name}" if one.name != one.external_id else one.name)
        for one in facts.services_of(dialogue.account)
    ]
    return str(texts.WHICH_SERVICE), keyboards.services(dialogue, named)


def _message(dialogue: Dialogue, _facts: Facts) -> tuple[str, Rows]:
    limits = {"symbols": dialogue.limits.symbols, "files": dialogue.limits.files}
    so_far = "" if dialogue.is_empty else "\n\n" + wording.added(dialogue)
    if dialogue.ticket is None:
        return fill(texts.DESCRIBE, **limits) + so_far, keyboards.describing(dialogue)
    head = fill(texts.REPLY_TO, number=dialogue.ticket)
    return f"{head}\n{fill(texts.WRITE_REPLY, **limits)}{so_far}", keyboards.writing(dialogue)


_QUESTIONS = {
    Step.PROVIDER: _provider,
    Step.ACCOUNT: _account,
    Step.DEPARTMENT: _department,
    Step.PRICE: _price,
    Step.SUBJECT: _subject,
    Step.SERVICE: _service,
    Step.MESSAGE: _message,
}
