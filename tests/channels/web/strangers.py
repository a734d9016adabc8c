"""Who may come to which address: the table that the strangers' test goes through.

A new address without a line here fails the test: whoever adds one says who may open it.
"""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from frontdesk.accounts.api_tokens import make_token
from frontdesk.accounts.models import Provider
from frontdesk.accounts.models.telegram import TelegramLink
from frontdesk.accounts.telegram_bots import connect_bot, keep_name
from frontdesk.billing.models import Gift, Package, Plan
from frontdesk.support.actions.add_client_note import add_client_note
from frontdesk.support.actions.upload_services import upload_services
from frontdesk.support.models import CannedReply
from tests.billing.money import pay_in
from tests.channels.web.audiences import Rule, Scene, Who
from tests.people import as_staff


def _ticket(scene: Scene) -> tuple[object, ...]:
    return ("northhost", scene.ticket.pk)


def _nothing(_scene: Scene) -> tuple[object, ...]:
    return ()


def _file(scene: Scene) -> tuple[object, ...]:
    return ("northhost", scene.attachment.pk)


def _number(_scene: Scene) -> tuple[object, ...]:
    return (1,)


def _bob(scene: Scene) -> tuple[object, ...]:
    return ("northhost", scene.house.bob.memberships.get().pk)


def _logo(scene: Scene) -> tuple[object, ...]:
    key = default_storage.save("1/logo/strangers", ContentFile(b"drawn"))
    Provider.objects.filter(pk=scene.house.north.pk).update(logo=key)
    return ("northhost",)


def _department(scene: Scene) -> tuple[object, ...]:
    return ("northhost", scene.house.technical.pk)


def _staff(scene: Scene) -> tuple[object, ...]:
    return ("northhost", scene.house.sam.staff_places.get().pk)


def _canned(scene: Scene) -> tuple[object, ...]:
    row = CannedReply.objects.create(provider=scene.house.north, title="Hello", text="Hello.")
    return ("northhost", row.pk)


def _bakery(scene: Scene) -> tuple[object, ...]:
    return ("northhost", scene.house.bakery.pk)


def _vps(scene: Scene) -> tuple[object, ...]:
    return ("northhost", scene.house.vps.pk)


def _list(scene: Scene) -> tuple[object, ...]:
    text = "account_id,service_id,name\nA-1,s-1,Shop\n"
    hana = as_staff(scene.house.hana)
    return ("northhost", upload_services(by=hana, name="list.csv", content=text.encode()).pk)


def _bobs_place(scene: Scene) -> tuple[object, ...]:
    return (*_bakery(scene), scene.house.bob.memberships.get().pk)


def _note_about(scene: Scene) -> tuple[object, ...]:
    house = scene.house
    note = add_client_note(
        by=as_staff(house.hana), account_id=house.bakery.pk, text="Firm.", key="n"
    )
    return (*_bakery(scene), note.pk)


def _row(scene: Scene) -> tuple[object, ...]:
    return ("northhost", scene.house.bakery.pk, pay_in(scene.house.bakery, "5.00").pk)


def _package(scene: Scene) -> tuple[object, ...]:
    row = Package.objects.create(provider=scene.house.north, name="Ten", quantity=10, price=40)
    return ("northhost", row.pk)


def _gift(scene: Scene) -> tuple[object, ...]:
    row = Gift.objects.create(provider=scene.house.north, occasion="registration", quantity=1)
    return ("northhost", row.pk)


def _plan(scene: Scene) -> tuple[object, ...]:
    return ("northhost", Plan.objects.create(provider=scene.house.north, name="M", quantity=1).pk)


def _chat(scene: Scene) -> tuple[object, ...]:
    bot = connect_bot(provider=scene.house.north, token="100:strangers")
    link = TelegramLink.objects.create(
        bot=bot, user=scene.house.alice, chat_id=501, linked_at=timezone.now()
    )
    return ("northhost", link.pk)


def _bot(scene: Scene) -> tuple[object, ...]:
    connect_bot(provider=scene.house.north, token="100:strangers")
    return ("northhost",)


def _named_bot(scene: Scene) -> tuple[object, ...]:
    keep_name(
        connect_bot(provider=scene.house.north, token="100:strangers").pk, username="n", name=""
    )
    return ("northhost",)


def _token(scene: Scene) -> tuple[object, ...]:
    made = make_token(
        provider_id=scene.house.north.pk,
        name="Billing",
        scopes=["ledger:read"],
        by_user_id=scene.house.ada.pk,
    )
    return ("northhost", made.token.pk)


RULES: dict[str, Rule] = {
    # The doors.
    "home": Rule(Who.SIGNED_IN, _nothing),
    "brand_style": Rule(Who.ANYBODY),
    # Files and forms of both sides.
    "download": Rule(Who.BOTH_SIDES_OF_THE_TICKET, _file),
    "preview": Rule(Who.BOTH_SIDES_OF_THE_TICKET, lambda scene: (*_file(scene), "small")),
    "upload": Rule(Who.BOTH_SIDES, method="post"),
    "remove_upload": Rule(
        Who.BOTH_SIDES, lambda scene: ("northhost", scene.upload.pk), method="post"
    ),
    "keep_draft": Rule(Who.BOTH_SIDES, method="post", form=(("kind", "ticket"),)),
    # The client's pages. Staff without a membership are led from Home to their desk.
    "client_home": Rule(Who.BOTH_SIDES),
    "tickets": Rule(Who.CLIENTS),
    "new_ticket": Rule(Who.CLIENTS),
    "preview_subject": Rule(Who.CLIENTS, method="post"),
    "ticket": Rule(Who.READERS_OF_THE_TICKET, _ticket),
    "ticket_reply": Rule(
        Who.READERS_OF_THE_TICKET, _ticket, method="post", form=(("message", "Any news?"),)
    ),
    "ticket_close": Rule(Who.READERS_OF_THE_TICKET, _ticket, method="post"),
    "notifications": Rule(Who.CLIENTS),
    "notifications_read": Rule(Who.CLIENTS, method="post"),
    # Sign-in, and what guards it.
    "account_login": Rule(Who.ANYBODY, _nothing),
    "account_logout": Rule(Who.ANYBODY, _nothing),
    "continue_as": Rule(Who.NOBODY, lambda scene: ("alice",), method="post"),
    "mfa_authenticate": Rule(Who.ANYBODY, _nothing),
    "mfa_login_webauthn": Rule(Who.ANYBODY, _nothing),
    "account_reset_password": Rule(Who.ANYBODY, _nothing),
    "account_reset_password_done": Rule(Who.ANYBODY, _nothing),
    "account_reset_password_from_key": Rule(Who.ANYBODY, lambda scene: ("1", "made-up")),
    "account_reset_password_from_key_done": Rule(Who.ANYBODY, _nothing),
    "mfa_index": Rule(Who.SIGNED_IN, _nothing),
    "account_change_password": Rule(Who.SIGNED_IN, _nothing),
    "account_reauthenticate": Rule(Who.SIGNED_IN, _nothing),
    "mfa_reauthenticate": Rule(Who.SIGNED_IN, _nothing),
    "mfa_reauthenticate_webauthn": Rule(Who.SIGNED_IN, _nothing),
    "mfa_activate_totp": Rule(Who.SIGNED_IN, _nothing),
    "mfa_deactivate_totp": Rule(Who.WHO_HAS_ONE, _nothing),
    "mfa_view_recovery_codes": Rule(Who.WHO_HAS_ONE, _nothing),
    "mfa_generate_recovery_codes": Rule(Who.SIGNED_IN, _nothing),
    "mfa_download_recovery_codes": Rule(Who.WHO_HAS_ONE, _nothing),
    "mfa_list_webauthn": Rule(Who.SIGNED_IN, _nothing),
    "mfa_add_webauthn": Rule(Who.SIGNED_IN, _nothing),
    "mfa_edit_webauthn": Rule(Who.WHO_HAS_ONE, _number),
    "mfa_remove_webauthn": Rule(Who.WHO_HAS_ONE, _number),
    "usersessions_list": Rule(Who.SIGNED_IN, _nothing),
    "end_session": Rule(Who.WHO_HAS_ONE, _number, method="post"),
    # A person's own pages.
    "logo": Rule(Who.ANYBODY, _logo),
    "account": Rule(Who.BOTH_SIDES),
    "services": Rule(Who.BOTH_SIDES),
    "service": Rule(Who.READERS_OF_THE_SERVICE, _vps),
    "ledger": Rule(Who.READERS_OF_A_LEDGER),
    "ledger_csv": Rule(Who.READERS_OF_A_LEDGER),
    "packages": Rule(Who.READERS_OF_A_LEDGER),
    "buy_package": Rule(Who.READERS_OF_A_LEDGER, _package),
    "telegram": Rule(Who.CLIENTS),
    "telegram_state": Rule(Who.CLIENTS),
    "telegram_unlink": Rule(Who.ALICE, _chat, method="post"),
    "telegram_test": Rule(Who.ALICE, _chat, method="post"),
    "member_invite": Rule(
        Who.OWNER_OF_THE_ACCOUNT, lambda scene: ("northhost", scene.house.bakery.pk), method="post"
    ),
    "member_right": Rule(Who.OWNER_OF_THE_ACCOUNT, _bob, method="post", form=(("right", "all"),)),
    "member_remove": Rule(Who.OWNER_OF_THE_ACCOUNT, _bob, method="post"),
    # The desk.
    "desk": Rule(Who.STAFF),
    "desk_bulk": Rule(Who.STAFF, method="post"),
    "desk_search": Rule(Who.STAFF),
    "desk_clients": Rule(Who.STAFF),
    "desk_client": Rule(Who.STAFF, lambda scene: ("northhost", scene.house.bakery.pk)),
    "desk_new_service": Rule(Who.STAFF, _bakery),
    "desk_service": Rule(Who.STAFF, lambda scene: (*_bakery(scene), scene.house.vps.pk)),
    "desk_services_import": Rule(Who.HEADS),
    "desk_services_template": Rule(Who.HEADS),
    "desk_services_preview": Rule(Who.HEADS, _list),
    "desk_new_client": Rule(Who.HEADS),
    "desk_edit_client": Rule(Who.HEADS, _bakery),
    "desk_client_invite": Rule(Who.HEADS, _bakery, method="post"),
    "desk_client_right": Rule(Who.HEADS, _bobs_place, method="post", form=(("right", "all"),)),
    "desk_client_remove": Rule(Who.HEADS, _bobs_place, method="post"),
    "desk_client_note": Rule(Who.STAFF, _bakery, method="post", form=(("message", "Firm."),)),
    "desk_client_note_remove": Rule(Who.HEADS, _note_about, method="post"),
    "desk_money": Rule(Who.HEADS, _bakery),
    "desk_money_reverse": Rule(Who.HEADS, _row),
    "desk_money_card": Rule(Who.STAFF_OF_THE_DEPARTMENT, _ticket),
    "desk_charge": Rule(Who.HEADS, _ticket),
    "desk_new_ticket": Rule(Who.STAFF),
    "desk_ticket": Rule(Who.STAFF_OF_THE_DEPARTMENT, _ticket),
    "desk_reply": Rule(
        Who.STAFF_OF_THE_DEPARTMENT, _ticket, method="post", form=(("message", "We look at it."),)
    ),
    "desk_note": Rule(
        Who.STAFF_OF_THE_DEPARTMENT, _ticket, method="post", form=(("message", "Odd."),)
    ),
    "desk_take": Rule(Who.STAFF_OF_THE_DEPARTMENT, _ticket, method="post"),
    "desk_assign": Rule(Who.STAFF_OF_THE_DEPARTMENT, _ticket),
    "desk_transfer": Rule(Who.STAFF_OF_THE_DEPARTMENT, _ticket),
    "desk_priority": Rule(Who.STAFF_OF_THE_DEPARTMENT, _ticket),
    "desk_tags": Rule(Who.STAFF_OF_THE_DEPARTMENT, _ticket),
    "desk_close": Rule(Who.STAFF_OF_THE_DEPARTMENT, _ticket),
    "desk_canned": Rule(Who.STAFF_OF_THE_DEPARTMENT, _ticket),
    "desk_presence": Rule(Who.STAFF_OF_THE_DEPARTMENT, _ticket, method="post"),
    # Settings.
    "settings": Rule(Who.ADMINISTRATORS),
    "settings_logo": Rule(Who.ADMINISTRATORS, method="post"),
    "settings_protection": Rule(Who.ADMINISTRATORS),
    "settings_departments": Rule(Who.ADMINISTRATORS),
    "settings_new_department": Rule(Who.ADMINISTRATORS),
    "settings_department": Rule(Who.ADMINISTRATORS, _department),
    "settings_move_department": Rule(Who.ADMINISTRATORS, _department, method="post"),
    "settings_hours": Rule(Who.ADMINISTRATORS, _department),
    "settings_staff": Rule(Who.ADMINISTRATORS),
    "settings_invite_staff": Rule(Who.ADMINISTRATORS),
    "settings_staff_member": Rule(Who.ADMINISTRATORS, _staff),
    "settings_canned_replies": Rule(Who.ADMINISTRATORS),
    "settings_new_canned_reply": Rule(Who.ADMINISTRATORS),
    "settings_canned_reply": Rule(Who.ADMINISTRATORS, _canned),
    "settings_prices": Rule(Who.ADMINISTRATORS),
    "settings_price": Rule(Who.ADMINISTRATORS, _department),
    "settings_packages": Rule(Who.ADMINISTRATORS),
    "settings_new_package": Rule(Who.ADMINISTRATORS),
    "settings_package": Rule(Who.ADMINISTRATORS, _package),
    "settings_new_gift": Rule(Who.ADMINISTRATORS),
    "settings_gift": Rule(Who.ADMINISTRATORS, _gift),
    "settings_new_plan": Rule(Who.ADMINISTRATORS),
    "settings_plan": Rule(Who.ADMINISTRATORS, _plan),
    "settings_tokens": Rule(Who.ADMINISTRATORS),
    "settings_revoke_token": Rule(Who.ADMINISTRATORS, _token, method="post"),
    "settings_telegram": Rule(Who.ADMINISTRATORS),
    "settings_telegram_connect": Rule(Who.ADMINISTRATORS, method="post"),
    "settings_telegram_disconnect": Rule(Who.ADMINISTRATORS, method="post"),
    "settings_telegram_mode": Rule(
        Who.ADMINISTRATORS, _bot, method="post", form=(("mode", "polling"),)
    ),
    "settings_telegram_limits": Rule(Who.ADMINISTRATORS, method="post"),
    "settings_telegram_test": Rule(Who.ADMINISTRATORS, _named_bot, method="post"),
    "settings_telegram_resend": Rule(Who.ADMINISTRATORS, _bot, method="post"),
    "settings_revenue": Rule(Who.ADMINISTRATORS),
    "settings_delete_canned_reply": Rule(Who.ADMINISTRATORS, _canned, method="post"),
}
