"""Reads sums and numbers out of forms, and says what is wrong with what was typed."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from frontdesk.billing import errors
from frontdesk.billing.money import money_text

MOST_SYMBOLS = 14
# What no rule lets pass: it comes back as "not an amount".
NO_AMOUNT = Decimal("NaN")


def sum_in(text: str) -> Decimal | None:
    """Return a sum written with a point or a comma; None for anything else."""
    plain = text.strip().replace(",", ".", 1)
    digits = plain.replace(".", "", 1)
    if len(plain) > MOST_SYMBOLS or not (digits.isascii() and digits.isdigit()):
        return None
    return Decimal(plain)


def read_amount(text: str) -> Decimal:
    """Return the sum that a field holds; NO_AMOUNT where it holds none."""
    amount = sum_in(text)
    return NO_AMOUNT if amount is None else amount


def read_number(text: str) -> int:
    """Return a whole number; 0 for anything else."""
    plain = text.strip()
    is_number = plain.isascii() and plain.isdigit() and len(plain) <= 9
    return int(plain) if is_number else 0


def field_of(error: errors.BillingRefused, default: str) -> str:
    """Return the field of a form that a refusal is about."""
    match error:
        case errors.BadSetting():
            return error.field
        case errors.CurrencyInUse():
            return "currency"
        case errors.BadAmount() | errors.CannotPay():
            return "amount"
        case errors.BadQuantity():
            return "quantity"
        case errors.BadTime():
            return "expires_on"
        case errors.BadReason():
            return "reason"
        case _:
            return default


def billing_words(error: errors.BillingRefused) -> str:
    """Return the sentence a person reads where an act about money was refused."""
    match error:
        case errors.BadSetting():
            return setting_words(error.field)
        case errors.CannotPay(offer=offer):
            return _("The balance does not cover it: %(sum)s %(currency)s are missing.") % {
                "sum": offer.missing,
                "currency": offer.currency,
            }
        case errors.BadReason(limit=limit):
            return _("Write a reason of up to %(n)s symbols.") % {"n": limit}
        case errors.TooMuchReversed(amount=amount, units=units, currency=currency):
            left = left_words(amount, units, currency)
            return _("%(left)s. No more can be moved.") % {"left": left}
    return _sentence(error)


def left_words(amount: Decimal, units: int, currency: str) -> str:
    """Return what is left of a row of the ledger that was reversed in part, or not yet."""
    money = money_text(amount, currency)
    tickets = ngettext("%(n)s ticket is left", "%(n)s tickets are left", units) % {"n": units}
    if not units:
        return _("%(sum)s is left") % {"sum": money} if amount else _("Nothing is left")
    return _("%(sum)s and %(tickets)s") % {"sum": money, "tickets": tickets} if amount else tickets


def setting_words(field: str) -> str:
    """Return what is wrong with a rule, a package or a plan."""
    words = {
        "name": _("Write a name of up to 60 symbols that no other one has."),
        "price": _("This is not an amount. Write it like 5.00."),
        "least_amount": _("This is not an amount. Write it like 5.00, or leave it empty."),
        "debt_limit": _("Write the largest debt, like 20.00."),
        "quantity": _("Write a number of tickets from 1 to 100000."),
        "lasts_days": _("Write a number of days from 1 to 3660, or leave it empty."),
        "top_up_url": _("Write a whole address, such as https://billing.example.com/, or none."),
        "currency": _("Write a currency's three letters, such as EUR."),
    }
    return words.get(field) or _("Choose one from the list.")


def _sentence(error: errors.BillingRefused) -> str:
    words = {
        errors.BadAmount: _("This is not an amount. Write it like 5.00."),
        errors.BadQuantity: _("Write a number of tickets from 1 to 100000."),
        errors.BadTime: _("Choose a day to come, or none."),
        errors.CurrencyInUse: _("The ledger has sums in the present currency, so it stays."),
        errors.NoSuchPlan: _("Choose a plan from the list."),
        errors.AlreadyOnPlan: _("The client is on this plan already."),
        errors.BadReference: _("The form was not complete. Nothing was moved; send it again."),
        errors.ReferenceReused: _("This form was sent before. Look at the ledger."),
        errors.NotReversible: _("This row cannot be reversed."),
    }
    return words.get(type(error)) or _("This cannot be done.")
