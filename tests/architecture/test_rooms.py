"""Each thing is in its room, and rooms keep to themselves what is theirs."""

import ast
import importlib

import pytest
from django.apps import apps

from tests.architecture.sources import (
    SOURCE,
    Function,
    below,
    functions,
    imports,
    lines_with,
    modules,
    name_of,
    tree,
)

ACTIONS = [path for path in below("support/actions", "billing/actions") if path.stem != "__init__"]
# Rooms whose words go to clients.
CLIENT_ROOMS = ("channels/web/client", "channels/telegram", "channels/api", "notifications")
NOTE_MODULES = (
    "frontdesk.support.models.note",
    "frontdesk.support.note_search",
    "frontdesk.support.actions.add_note",
    "frontdesk.support.models.client_note",
    "frontdesk.support.actions.add_client_note",
)
# How a request arrives and leaves; the core gets plain values.
DOORS = (
    *("django.http", "django.forms", "django.template", "django.shortcuts", "django.urls"),
    *("jinja2", "ninja", "aiogram", "granian", "django_htmx", "allauth", "email.message"),
)
# What a channel keeps of itself: when a bot last answered, what it allows where nobody said.
CHANNELS_OWN = {"TelegramBot", "TelegramLimits"}
WRITING = {"create", "bulk_create", "get_or_create", "update_or_create", "bulk_update"}
CORE = ("accounts", "support", "billing")


def test_each_room_says_what_it_is():
    rooms = [path for path in modules() if path.stem == "__init__"]

    assert [name_of(path) for path in rooms if not ast.get_docstring(tree(path))] == []


def test_no_type_of_a_channel_enters_the_core():
    found = [
        f"{name_of(path)}: {name}"
        for path in below(*CORE, "notifications", "shared")
        for name in imports(path)
        if name.startswith(DOORS) and "support" in path.parts
    ]

    assert found == []


@pytest.mark.parametrize("room", CLIENT_ROOMS)
def test_no_room_that_clients_read_knows_notes(room):
    knows = [
        name_of(path)
        for path in below(room)
        if any(name.startswith(NOTE_MODULES) for name in imports(path))
    ]

    assert knows == []


def test_no_way_leads_from_a_ticket_to_its_notes():
    note = importlib.import_module("frontdesk.support.models.note").Note
    ticket = apps.get_model("support", "Ticket")

    back = [relation.name for relation in ticket._meta.get_fields() if relation.is_relation]

    assert note._meta.get_field("ticket").remote_field.hidden
    assert not [name for name in back if "note" in name]


def test_no_way_leads_from_an_account_to_the_notes_about_it():
    account = apps.get_model("accounts", "Account")

    back = [relation.name for relation in account._meta.get_fields() if relation.is_relation]

    assert apps.get_model("support", "ClientNote")._meta.get_field("account").remote_field.hidden
    assert not [name for name in back if "note" in name]


def core_models() -> set[str]:
    models = {model for label in CORE for model in apps.get_app_config(label).get_models()}
    return {model.__name__ for model in models} - CHANNELS_OWN


def writes(path) -> list[str]:
    """Return the places where the file writes a record of the core by itself."""
    models = core_models()
    found = []
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        verb, target = node.func.attr, ast.unparse(node.func.value)
        is_core = any(f"{model}.objects" in target for model in models)
        if is_core and verb in {*WRITING, "update", "delete"}:
            found.append(f"{name_of(path)}:{node.lineno}: {target}.{verb}")
    return found


def test_no_channel_writes_a_record_of_the_core_itself():
    assert [place for path in below("channels") for place in writes(path)] == []


def makes(path) -> list[str]:
    """Return the places where the file calls a record of the core, as one does to make it."""
    known = {name.rpartition(".")[2] for name in imports(path) if ".models" in name}
    return [
        f"{name_of(path)}:{node.lineno}: {node.func.id}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in core_models() & known
    ]


def test_no_channel_makes_and_saves_a_record_of_the_core_itself():
    """To read rows into a record is no harm; a file that does both could keep what it made."""
    saving = [path for path in below("channels") if ".save(" in path.read_text()]

    assert [place for path in saving for place in makes(path)] == []


def test_delivery_calls_the_outbound_of_a_channel_only():
    calls = {
        name
        for path in below("delivery")
        for name in imports(path)
        if name.startswith("frontdesk.channels.") and name.count(".") > 2
    }

    assert all(name.split(".")[3] == "outbound" for name in calls)


def test_nothing_works_in_secret():
    """No signal, and no work hidden in saving."""
    signals = lines_with(r"\b(receiver|post_save|pre_save|post_delete|m2m_changed)\b", modules())
    hidden = [
        name_of(path)
        for path in modules()
        if "models" in name_of(path)
        for function in functions(path)
        if function.name in {"save", "delete", "__init__"}
    ]

    assert signals == []
    assert hidden == []


def public_functions(path) -> list[Function]:
    return [
        node
        for node in tree(path).body
        if isinstance(node, Function) and not node.name.startswith("_")
    ]


@pytest.mark.parametrize("path", ACTIONS, ids=lambda path: path.stem)
def test_an_action_is_the_verb_that_its_file_is_named_by(path):
    action = next(f for f in public_functions(path) if f.name == path.stem)

    assert ast.get_docstring(action)
    assert action.args.args == []
    assert action.args.kwonlyargs
    assert action.returns is not None
    assert action == public_functions(path)[0]


@pytest.mark.parametrize("path", below("support/actions")[1:], ids=lambda path: path.stem)
def test_an_action_of_the_core_takes_who_acts_as_an_argument(path):
    action = next(f for f in public_functions(path) if f.name == path.stem)
    names = [argument.arg for argument in action.args.kwonlyargs]

    assert names[0] == "by"


def test_settings_are_read_in_one_room():
    readers = [
        name_of(path)
        for path in modules()
        if any(name.startswith("frontdesk.project.environment") for name in imports(path))
    ]

    assert [name for name in readers if not name.startswith("src/frontdesk/project/")] == []


def test_no_core_file_reads_the_environment():
    rooms = below(*CORE, "notifications", "delivery", "channels", "shared")

    assert lines_with(r"os\.environ|getenv", rooms) == []


def test_the_package_says_that_it_is_typed():
    assert (SOURCE / "py.typed").exists()
