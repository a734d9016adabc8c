"""/createticket, step by step, in the words of the specification."""

from dataclasses import replace

from frontdesk.channels.telegram.steps.state import Step
from tests.channels.telegram.imagined import DESCRIBE, NORTH, SOUTH, Chat


def test_provider_is_not_asked_when_there_is_one(chat):
    chat.send("/createticket")

    assert chat.last.html == "Choose a department."
    assert chat.labels == [["Technical support · Free"], ["Sales · Free"], ["Back", "Cancel"]]


def test_departments_with_hours_say_when_they_answer():
    technical, sales = NORTH.departments
    says = replace(sales, name="Sales & more", says="Closed now, opens Monday 09:00")
    chat = Chat(providers=(replace(NORTH, departments=(technical, says)),))

    chat.send("/createticket")

    hours = "<b>Sales &amp; more</b>: Closed now, opens Monday 09:00"
    assert chat.last.html == f"Choose a department.\n\n{hours}"


def test_provider_is_asked_when_there_are_two():
    chat = Chat(providers=(NORTH, SOUTH))

    chat.send("/createticket")

    assert chat.last.html == "<b>New ticket</b>\nWhich provider is it for?"
    assert chat.labels == [["North Host"], ["South Cloud"], ["Cancel"]]


def test_account_is_asked_where_the_person_has_two():
    chat = Chat(providers=(NORTH, SOUTH))

    chat.send("/createticket")
    chat.press("South Cloud")

    assert chat.last.html == "Which account is it for?"
    assert chat.labels == [["Bakery West"], ["Bakery East"], ["Back", "Cancel"]]


def test_subject_is_asked_after_the_department(chat):
    chat.send("/createticket")
    chat.press("Sales · Free")

    assert chat.last.html == ("What is it about? Send the subject in one line, up to 120 symbols.")
    assert chat.labels == [["Back", "Cancel"]]


def test_subject_of_121_symbols_is_refused_with_the_count(chat):
    chat.send("/createticket")
    chat.press("Sales · Free")

    chat.send("x" * 121)

    assert chat.last.html.startswith("The subject has 121 symbols, 1 too many.")
    assert chat.state.dialogue.step is Step.SUBJECT


def test_own_services_and_skip_are_offered(chat):
    chat.send("/createticket")
    chat.press("Sales · Free")
    chat.send("Question")

    assert chat.last.html == "Which service is it about? Choose one or send its id."
    assert chat.labels == [
        ["vps-1001 · shop.bakery.example"],
        ["dom-2001 · bakery.example"],
        ["Skip"],
        ["Back", "Cancel"],
    ]


def test_foreign_and_unknown_service_ids_are_refused_alike(chat):
    chat.send("/createticket")
    chat.press("Sales · Free")
    chat.send("Question")

    chat.send("vps-99")

    assert chat.last.html == (
        "You have no service “vps-99”. Check the id, choose from the list, or press Skip."
    )
    assert chat.labels[-2:] == [["Skip"], ["Back", "Cancel"]]


def test_typed_service_id_is_taken_in_any_case(chat):
    chat.send("/createticket")
    chat.press("Sales · Free")
    chat.send("Question")

    chat.send(" VPS-1001 ")

    assert chat.state.dialogue.service == 1001
    assert chat.last.html == DESCRIBE


def test_many_departments_are_paged_by_six():
    many = tuple(replace(NORTH.departments[0], id=n, name=f"D{n}") for n in range(1, 9))
    chat = Chat(providers=(replace(NORTH, departments=many),))

    chat.send("/createticket")
    assert chat.labels[-2:] == [["Older"], ["Back", "Cancel"]]
    chat.press("Older")

    assert chat.labels == [["D7 · Free"], ["D8 · Free"], ["Newer"], ["Back", "Cancel"]]
    assert chat.last.in_place
