"""Administrators see what clients will see, and clients see it once it is saved."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from tests.e2e.people import Person

DEPARTMENTS = "/northhost/settings/departments/"


def names(someone: Person) -> list[str]:
    return someone.page.locator(".things b").all_inner_texts()


def open_department(someone: Person, name: str) -> None:
    someone.go(DEPARTMENTS)
    someone.page.get_by_role("link", name=name, exact=True).click()
    someone.page.get_by_role("heading", name=name, exact=True).wait_for()


def test_the_preview_follows_what_is_typed(person: Callable[..., Person]) -> None:
    ada = person("ada")
    open_department(ada, "Sales")
    preview = ada.page.get_by_role("complementary", name="Preview")

    ada.page.get_by_label("Name", exact=True).fill("Sales and offers")
    ada.page.get_by_label("Clients may choose it").uncheck()

    assert "Sales and offers" in preview.inner_text()
    assert "Hidden: clients do not see it." in preview.inner_text()
    ada.look_in_every_window("settings-department")


def test_a_new_department_is_offered_until_it_is_hidden(person: Callable[..., Person]) -> None:
    ada, alice = person("ada"), person("alice")
    ada.go(f"{DEPARTMENTS}new/")
    ada.page.get_by_label("Name", exact=True).fill("Abuse desk")
    ada.page.get_by_role("button", name="Save").click()
    ada.arrive(DEPARTMENTS)

    alice.go("/northhost/tickets/new/")
    assert alice.page.get_by_label("Abuse desk").count() == 1

    open_department(ada, "Abuse desk")
    ada.page.get_by_role("button", name="Hide department").click()
    ada.arrive(DEPARTMENTS)
    alice.go("/northhost/tickets/new/")
    assert alice.page.get_by_label("Abuse desk").count() == 0


@pytest.mark.parametrize("has_script", [True, False])
def test_departments_are_ordered_by_buttons(
    person: Callable[..., Person], has_script: bool
) -> None:
    ada = person("ada", java_script_enabled=has_script)
    ada.go(DEPARTMENTS)
    before = names(ada)

    ada.page.get_by_role("button", name=f"Move {before[1]} up").click()
    ada.page.wait_for_url(lambda url: bool(urlsplit(url).fragment))
    moved = names(ada)
    ada.page.get_by_role("button", name=f"Move {before[1]} down").click()
    ada.page.get_by_role("button", name=f"Move {before[0]} down").wait_for()

    assert moved[:2] == [before[1], before[0]]


def test_the_accent_is_tried_before_it_is_saved(person: Callable[..., Person]) -> None:
    ada = person("ada")
    ada.go("/northhost/settings/")
    accent = "getComputedStyle(document.querySelector('.sendbar .primary')).backgroundColor"
    before = ada.page.evaluate(accent)

    ada.page.get_by_label("Accent colour").fill("30")

    assert ada.page.evaluate(accent) != before
    ada.go("/northhost/settings/")
    assert ada.page.evaluate(accent) == before
    assert ada.complaints == []


def test_the_forms_of_settings_are_open_to_everybody(person: Callable[..., Person]) -> None:
    ada = person("ada")
    for name, path in {
        "settings-invite": "/northhost/settings/staff/new/",
        "settings-new-canned": "/northhost/settings/canned/new/",
    }.items():
        ada.go(path)
        ada.look_in_every_window(name)


def test_a_form_that_is_wrong_leads_to_its_fields(person: Callable[..., Person]) -> None:
    ada = person("ada")
    ada.go("/northhost/settings/canned/new/")

    ada.page.get_by_label("Text", exact=True).fill("Hello {name},")
    ada.page.get_by_role("button", name="Save").click()

    summary = ada.page.get_by_role("alert")
    summary.get_by_role("link").click()
    assert ada.page.evaluate("document.activeElement.name") == "title"
    assert ada.page.get_by_label("Text", exact=True).input_value() == "Hello {name},"
    ada.look_in_every_window("settings-canned-wrong")
