"""The days of the report are taken as they are meant."""

from tests.channels.web.client.browser import Browser, field_of
from tests.people import House


def test_days_given_the_wrong_way_round_are_turned(house: House) -> None:
    page = Browser(house.ada).open("settings_revenue", since="2026-11-20", until="2026-03-01")

    assert (field_of(page, "since"), field_of(page, "until")) == ("2026-03-01", "2026-11-20")


def test_a_first_day_alone_shows_until_today(house: House) -> None:
    page = Browser(house.ada).open("settings_revenue", since="2026-03-01")

    assert field_of(page, "since") == "2026-03-01"
    assert field_of(page, "until") > "2026-03-01"
