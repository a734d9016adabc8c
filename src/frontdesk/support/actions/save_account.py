"""Those who lead the desk rename a client account."""

from django.db import IntegrityError, transaction

from frontdesk.accounts.models import Account
from frontdesk.support.actions.open_account import AccountFacts, checked_facts, taken_id
from frontdesk.support.actor import Actor
from frontdesk.support.settings import need_head, record_setting


def save_account(*, by: Actor, account_id: int, facts: AccountFacts) -> Account:
    """Save how an account is called here and in the billing, and return it.

    Raises NotAllowed, Account.DoesNotExist, or BadValue with the field `account_name` or
    `external_id`.
    """
    need_head(by)
    name, external_id = checked_facts(facts)
    try:
        with transaction.atomic():
            own = Account.objects.filter(provider_id=by.provider_id)
            account = own.select_for_update(no_key=True).get(pk=account_id)
            if (account.name, account.external_id) != (name, external_id):
                account.name, account.external_id = name, external_id
                account.save(update_fields=["name", "external_id"])
                record_setting("account", account.pk, "changed", by=by)
            return account
    except IntegrityError as error:
        raise taken_id(error) from error
