"""Hours are written in plain words, previewed, and shown to clients by their own clock."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from frontdesk.channels.web.settings.hours_words import (
    Unreadable,
    days_text,
    read_days,
    read_spans,
    spans_text,
)
from frontdesk.support.models import Schedule
from tests.people import House

FORM = {"has_hours": "1", "time_zone": "Europe/Berlin", "unit": "hours"}
ALL_DAY = {f"day-{n}": "all day" for n in range(7)}


@pytest.fixture
def ada_at(house: House) -> Client:
    client = Client()
    client.force_login(house.ada)
    return client


def address(house: House) -> str:
    return f"/northhost/settings/departments/{house.technical.pk}/hours/"


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("09:00–18:00", ((540, 1080),)),
        ("9-18", ((540, 1080),)),
        ("9:30 to 18.15", ((570, 1095),)),
        ("9-13, 14-18", ((540, 780), (840, 1080))),
        ("9-13 and 14 - 24:00", ((540, 780), (840, 1440))),
        ("All day", ((0, 1440),)),
        ("closed", ()),
        ("  ", ()),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, spans) -> None:
    assert read_spans(text) == spans
    assert read_spans(spans_text(spans)) == spans


@pytest.mark.parametrize("text", ["9", "nine to five", "9-25", "9:60-18", "9-18-20", "1-2," * 7])
def test_what_are_no_hours_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read_spans(text)


def test_days_are_read_and_written_back_as_ranges() -> None:
    days = read_days("2026-12-24 – 2026-12-26\n\n2027-01-01, 2026-12-27")

    assert len(days) == 5
    assert days_text(days) == "2026-12-24 – 2026-12-27\n2027-01-01"
    assert read_days(days_text(days)) == days


@pytest.mark.parametrize("text", ["tomorrow", "2026-02-30", "2026-12-26 to 2026-12-24", "1-1-1 x"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read_days(text)


def test_hours_are_saved_and_shown_again(house: House, ada_at: Client) -> None:
    form = {**FORM, "day-0": "9-13, 14-18", "holidays": "2027-01-01", "answer_within": "4"}

    response = ada_at.post(address(house), form)

    assert response.status_code == 303
    saved = Schedule.objects.get(department=house.technical)
    assert (saved.week[0], saved.week[1]) == ([[540, 780], [840, 1080]], [])
    assert (saved.holidays, saved.answer_within) == ([date(2027, 1, 1)], 240)
    assert 'value="09:00–13:00, 14:00–18:00"' in ada_at.get(address(house)).content.decode()


def test_everything_that_is_wrong_is_told_at_once_and_stays_as_typed(house, ada_at: Client) -> None:
    form = {**FORM, "day-0": "18-9", "day-1": "early", "day-2": "9-12, 11-13", "holidays": "soon"}

    response = ada_at.post(address(house), form)

    html = response.content.decode()
    assert response.status_code == 422
    assert "The end must come after the start." in html
    assert "“early” are no hours." in html
    assert "These hours overlap." in html
    assert "“soon” is no day." in html
    assert 'value="early"' in html
    assert not Schedule.objects.exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Write hours for one day at least."),
        ({"day-0": "9-18", "time_zone": "Mars/Base"}, "Choose a time zone from the list."),
        ({"day-0": "9-18", "answer_within": "soon"}, "Write a number from 1 to 500 hours"),
    ],
)
def test_hours_that_make_no_sense_say_why(house: House, ada_at: Client, typed, words) -> None:
    response = ada_at.post(address(house), {**FORM, **typed})

    assert response.status_code == 422
    assert words in response.content.decode()


def test_the_preview_says_what_a_client_reads_and_saves_nothing(house, ada_at: Client) -> None:
    form = {**FORM, **ALL_DAY, "answer_within": "4", "preview": "1"}

    html = ada_at.post(address(house), form).content.decode()

    assert "Answers within 4 hours" in html
    assert not Schedule.objects.exists()


@pytest.mark.parametrize(
    ("field", "typed"), [("day-0", "8-12"), ("holidays", "2026-12-25"), ("answer_within", "4")]
)
def test_hours_typed_beside_say_nothing_are_asked_about(house, ada_at: Client, field, typed):
    offered = {f"day-{day}": "09:00–18:00" if day < 5 else "" for day in range(7)}

    response = ada_at.post(address(house), {**FORM, **offered, "has_hours": "0", field: typed})

    html = response.content.decode()
    assert response.status_code == 422
    assert "keeps no hours: choose the other" in html
    assert typed in html
    assert html.count('data-chooses="has_hours"') == 9


def test_hours_are_taken_away(house: House, ada_at: Client) -> None:
    ada_at.post(address(house), {**FORM, **ALL_DAY})

    ada_at.post(address(house), {**FORM, **ALL_DAY, "has_hours": "0"})

    assert not Schedule.objects.exists()


def test_the_page_takes_at_most_six_queries(house: House, ada_at: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        ada_at.get(address(house))

    assert len(queries) <= 6


def test_the_form_of_a_new_ticket_says_it_without_another_query(house: House, ada_at) -> None:
    alice = Client()
    alice.force_login(house.alice)
    alice.get("/northhost/tickets/new/")
    with CaptureQueriesContext(connection) as before:
        alice.get("/northhost/tickets/new/")

    ada_at.post(address(house), {**FORM, **ALL_DAY, "answer_within": "90", "unit": "minutes"})
    with CaptureQueriesContext(connection) as after:
        html = alice.get("/northhost/tickets/new/").content.decode()

    assert "Answers within 90 minutes" in html
    assert len(after) == len(before)
