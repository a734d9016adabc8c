"""An administrator brings somebody into the staff."""

from django.db import transaction

from frontdesk.accounts.models import Staff
from frontdesk.accounts.models.staff import Role
from frontdesk.support import errors
from frontdesk.support.actions.save_staff import StaffChange, seat_in
from frontdesk.support.actor import Actor
from frontdesk.support.invitations import Invitee, person_to_invite, send_invitation
from frontdesk.support.settings import need_administrator, record_setting


def invite_staff(*, by: Actor, invitee: Invitee, change: StaffChange) -> Staff:
    """Give a person a place among the staff, have the mail sent, and return the place.

    Who had left comes back. Raises NotAllowed, or BadValue for one who is staff already.
    """
    need_administrator(by)
    if change.role not in Role.values:
        raise errors.BadValue("role", errors.BadValue.UNKNOWN)
    with transaction.atomic():
        user = person_to_invite(invitee.email, invitee.name)
        staff, is_new = Staff.objects.select_for_update(of=("self",)).get_or_create(
            provider_id=by.provider_id, user=user, defaults={"role": change.role}
        )
        if staff.is_active and not is_new:
            raise errors.BadValue("email", errors.BadValue.TAKEN)
        staff.role, staff.is_active = change.role, True
        staff.save(update_fields=["role", "is_active"])
        seat_in(staff, change.department_ids)
        record_setting("staff", staff.pk, "invited", by=by)
        send_invitation(user, provider_id=by.provider_id)
        return staff
