"""A chat sees and does what its person may, asked anew at each press, and nothing else."""

import pytest

from frontdesk.accounts.models import Account, Member, TelegramLink
from frontdesk.accounts.models.account import Right
from frontdesk.accounts.telegram_bots import set_limits
from frontdesk.accounts.telegram_links import make_link_code
from frontdesk.channels.telegram.models import Chat
from frontdesk.support.models import Department, Schedule, Ticket, Upload
from frontdesk.support.statuses import Status
from tests.channels.telegram.chatting import TestChat, link
from tests.factories import a_reply, a_solved_ticket, a_ticket
from tests.people import as_staff

NOT_CONNECTED = "This Telegram account is not connected."
NO_SUCH = "There is no such ticket here, or it is not shared with you."


@pytest.fixture
def alices_ticket(alice, technical, sam):
    ticket = a_ticket(alice, technical)
    a_reply(as_staff(sam), ticket, "The secret answer.")
    return ticket


@pytest.fixture
def bobs_chat(bob, bot):
    link(bob, bot, 503)
    return TestChat(bot, 503)


def begin(chat: TestChat) -> None:
    chat.send("/createticket")
    chat.press("Technical support · Free")
    chat.send("Question")
    chat.press("Skip")


@pytest.mark.parametrize("verb", ["card", "reply", "archive", "archived", "about"])
def test_stranger_and_colleague_with_own_tickets_get_nothing(
    carols_chat, bobs_chat, alices_ticket, verb
):
    for chat in (carols_chat, bobs_chat):
        says = chat.press_data(f"{verb}:{alices_ticket.pk}")
        assert says[-1]["html"] == NO_SUCH
        assert "secret" not in str(chat.said)

    alices_ticket.refresh_from_db()
    assert alices_ticket.status == Status.WAITING_FOR_REPLY


def test_lists_hold_own_tickets_only(carols_chat, bobs_chat, alices_ticket):
    for chat in (carols_chat, bobs_chat):
        assert "no active tickets" in chat.send("/start")[-1]["html"]


def test_owner_of_the_account_reads_a_colleagues_ticket(alices_chat, bob, technical):
    ticket = a_ticket(bob, technical)

    assert f"#{ticket.pk}" in alices_chat.press_data(f"card:{ticket.pk}")[-1]["html"]


def test_right_that_was_taken_away_is_gone_at_the_next_press(alices_chat, alices_ticket, alice):
    alices_chat.send("/start")
    Member.objects.filter(user=alice).delete()

    says = alices_chat.press(f"↩ #{alices_ticket.pk} {alices_ticket.subject}")

    assert says[-1]["html"] == NO_SUCH


def test_whose_sign_in_was_switched_off_reads_and_sends_nothing(alices_chat, alices_ticket, alice):
    begin(alices_chat)
    alices_chat.send("My words.")
    alice.is_active = False
    alice.save()

    says = alices_chat.press("Complete") + alices_chat.press_data(f"card:{alices_ticket.pk}")

    assert Ticket.objects.count() == 1
    assert "secret" not in str(says)


def test_codes_guessed_in_a_chat_are_refused_alike_and_soon_the_right_one_too(bot, carol):
    stranger = TestChat(bot, 900)
    code = make_link_code(user=carol, bot=bot)

    answers = [stranger.send(f"/start guess{n}")[-1]["html"] for n in range(5)]
    answers.append(stranger.send(f"/start {code.link_code}")[-1]["html"])

    assert set(answers) == {
        "This link has expired or was used. Make a new one in Account &gt; Connect Telegram."
    }
    assert not TelegramLink.objects.filter(chat_id=900).exists()


def test_right_that_was_taken_away_sends_nothing_and_shows_the_words_back(alices_chat, alice):
    begin(alices_chat)
    alices_chat.send("My words.")
    Member.objects.filter(user=alice).delete()

    says = alices_chat.press("Complete")

    assert Ticket.objects.count() == 0
    assert "<blockquote>My words.</blockquote>" in [one["html"] for one in says]


@pytest.mark.parametrize("text", ["/start", "/createticket", "hello", "/unlink", "/language"])
def test_unlinked_person_is_told_how_to_connect_and_nothing_else(bot, text, alices_ticket):
    says = TestChat(bot, 999).send(text)

    assert [one["html"].startswith(NOT_CONNECTED) for one in says] == [True]
    assert says[0]["buttons"] == []


def test_unlinked_person_cannot_press_his_way_in(bot, alices_ticket):
    says = TestChat(bot, 999).press_data(f"card:{alices_ticket.pk}")

    assert says[0]["html"].startswith(NOT_CONNECTED)


def test_stranger_is_not_answered_without_end(bot):
    chat = TestChat(bot, 999)

    answers = [len(chat.send("hello")) for _ in range(25)]

    assert sum(answers) == 20


def test_deep_link_connects_and_names_the_places(bot, alice):
    chat = TestChat(bot, 999)

    says = chat.send(f"/start {make_link_code(user=alice, bot=bot).link_code}")

    assert says[-1]["html"].startswith("Connected to <b>Alice's Bakery</b> at North Host.")
    assert says[-1]["buttons"][0][0]["text"] == "Show tickets"


def test_typed_code_connects(bot, alice):
    chat = TestChat(bot, 999)

    says = chat.send(make_link_code(user=alice, bot=bot).typed_code_in_groups)

    assert says[-1]["html"].startswith("Connected to")


def test_used_code_is_refused_and_an_existing_link_stays(alices_chat, bot, carol):
    code = make_link_code(user=carol, bot=bot).link_code
    TestChat(bot, 999).send(f"/start {code}")

    says = alices_chat.send(f"/start {code}")

    assert says[-1]["html"].startswith("This link has expired or was used.")
    assert TelegramLink.objects.active().filter(chat_id=501).exists()


def test_chat_that_becomes_anothers_goes_on_with_nothing(alices_chat, bot, carol):
    begin(alices_chat)
    alices_chat.send("Alice's words.")

    alices_chat.send(f"/start {make_link_code(user=carol, bot=bot).link_code}")
    alices_chat.press("Complete")

    assert Ticket.objects.count() == 0
    assert "Alice's words" not in str(Chat.objects.get().state)


def test_text_like_a_code_in_a_dialogue_is_text(alices_chat):
    begin(alices_chat)

    alices_chat.send("TESTTEAM")
    alices_chat.press("Complete")

    assert Ticket.objects.get().messages.get().text == "TESTTEAM"


def test_unlink_from_the_chat_ends_the_link_and_its_unsent_files(alices_chat):
    begin(alices_chat)
    alices_chat.attach("a.log", b"502\n")

    says = alices_chat.send("/unlink")

    assert says[-1]["html"].startswith("Disconnected.")
    assert Upload.objects.count() == 0
    assert alices_chat.send("/start")[-1]["html"].startswith(NOT_CONNECTED)


def test_foreign_service_id_is_unknown(alices_chat, carols_vps):
    alices_chat.send("/createticket")
    alices_chat.press("Technical support · Free")
    alices_chat.send("Question")

    says = alices_chat.send(carols_vps.external_id)

    assert says[-1]["html"].startswith(f"You have no service “{carols_vps.external_id}”.")


def test_foreign_service_by_a_made_up_button_is_unknown(alices_chat, carols_vps):
    alices_chat.send("/createticket")
    alices_chat.press("Technical support · Free")
    alices_chat.send("Question")
    mark = alices_chat.said[-1]["buttons"][0][0]["callback_data"].partition("~")[0]

    says = alices_chat.press_data(f"{mark}~choose:{carols_vps.pk}")

    assert says[-1]["html"].startswith("You have no service")


def test_hidden_and_foreign_departments_cannot_be_chosen(alices_chat, south_support, sales):
    Department.objects.filter(pk=sales.pk).update(is_visible=False)
    says = alices_chat.send("/createticket")
    mark = says[-1]["buttons"][0][0]["callback_data"].partition("~")[0]

    for department in (south_support, sales):
        says = alices_chat.press_data(f"{mark}~choose:{department.pk}")
        assert says[-1]["html"] == "Choose a department."


def test_person_with_two_accounts_says_which(alices_chat, alice, north, technical):
    second = Account.objects.create(provider=north, name="Second Bakery")
    Member.objects.create(provider=north, account=second, user=alice, right=Right.ALL)
    alices_chat.send("/createticket")
    alices_chat.press("Second Bakery")
    alices_chat.press("Technical support · Free")
    alices_chat.send("Question")
    alices_chat.press("Skip")
    alices_chat.send("Words.")

    alices_chat.press("Complete")

    assert Ticket.objects.get().account == second


def test_new_ticket_about_a_solved_one_is_tied_to_it(alices_chat, alice, technical):
    solved = a_solved_ticket(alice, technical)
    alices_chat.press_data(f"about:{solved.pk}")
    alices_chat.press("Technical support · Free")
    alices_chat.send("Once more")
    alices_chat.send("It came back.")

    alices_chat.press("Complete")

    assert Ticket.objects.get(about=solved).subject == "Once more"


def test_limits_are_the_providers(alices_chat, north):
    set_limits(provider=north, most_symbols=10, most_files=1)
    begin(alices_chat)

    assert "12 symbols, 2 too many" in alices_chat.send("twelve chars")[-1]["html"]
    alices_chat.attach("a.log", b"502\n")
    assert "Up to 1 files" in alices_chat.attach("b.log", b"502\n")[-1]["html"]


def test_too_many_tickets_in_a_minute_wait_with_their_words(alices_chat, monkeypatch):
    from frontdesk.channels.telegram import acts
    from frontdesk.shared.rate_limit import Rate

    monkeypatch.setattr(acts, "OPENED", Rate("open-test", most=0, seconds=60))
    begin(alices_chat)
    alices_chat.send("Words.")

    says = alices_chat.press("Complete")

    assert says[-1]["html"].startswith("That is many tickets in a short time. Your text is kept;")
    monkeypatch.undo()
    alices_chat.press("Complete")
    assert Ticket.objects.get().messages.get().text == "Words."


def test_the_choice_of_a_department_says_when_it_answers(carols_chat, technical):
    all_day = [[[0, 1440]]] * 7
    Schedule.objects.create(
        department=technical,
        provider=technical.provider,
        time_zone="UTC",
        week=all_day,
        answer_within=240,
    )

    says = carols_chat.send("/createticket")

    assert "<b>Technical support</b>: Answers within 4 hours" in says[-1]["html"]
