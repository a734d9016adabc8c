"""The doctor's look at files: what they weigh, and whether the virus scanner answers."""

from frontdesk.accounts.models import Account
from frontdesk.operations.checks import stored_bytes, virus_scanner
from tests.people import House
from tests.scanner import closed_port, running_scanner


def test_counters_that_agree_are_fine_and_others_are_named(house: House) -> None:
    assert stored_bytes() is None

    Account.objects.filter(pk=house.bakery.pk).update(stored_bytes=5)

    assert str(house.bakery.pk) in (stored_bytes() or "")


def test_a_scanner_that_answers_is_fine(settings) -> None:
    assert virus_scanner() is None
    with running_scanner() as scanner:
        settings.CLAMD_URL = scanner.url
        assert virus_scanner() is None
        scanner.says = b"busy\0"
        assert "busy" in (virus_scanner() or "")


def test_a_scanner_that_is_away_is_named(settings) -> None:
    settings.CLAMD_URL = f"tcp://127.0.0.1:{closed_port()}"

    assert "does not answer" in (virus_scanner() or "")
