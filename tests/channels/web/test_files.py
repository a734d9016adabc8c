"""Files leave only to those who read the ticket, and never run in our origin."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from PIL import Image

from frontdesk.support.actions.open_ticket import TicketRequest, open_ticket
from frontdesk.support.models import Attachment
from tests.factories import a_file, new_key
from tests.people import House, as_client

HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def attach(house: House, content: bytes, name: str) -> Attachment:
    key, alice = new_key(), as_client(house.alice)
    a_file(alice, key, content, name)
    request = TicketRequest(text="See the file.", department_id=house.technical.pk)
    return open_ticket(by=alice, request=request, key=key).messages.get().attachments.get()


def photo(width: int = 1200, height: int = 600) -> bytes:
    target = BytesIO()
    image = Image.new("RGB", (width, height), "teal")
    exif = image.getexif()
    exif[0x010F] = "a camera that gives its owner away"
    image.save(target, "JPEG", exif=exif)
    return target.getvalue()


def get(person, name: str, *args: object):
    client = Client()
    client.force_login(person)
    return client.get(reverse(name, args=("northhost", *args)))


@pytest.mark.parametrize(
    ("content", "name"), [(HTML, "page.html"), (SVG, "drawing.svg"), (HTML, "photo.png")]
)
def test_a_page_in_disguise_only_downloads(house: House, content: bytes, name: str) -> None:
    file = attach(house, content, name)

    response = get(house.sam, "download", file.pk)

    assert response.headers["Content-Disposition"].startswith("attachment")
    assert "html" not in response.headers["Content-Type"]
    assert "svg" not in response.headers["Content-Type"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert b"".join(response.streaming_content) == content


def test_a_file_keeps_the_name_its_sender_gave(house: House) -> None:
    file = attach(house, b"hello", "Счёт за май; “final”.txt")

    response = get(house.alice, "download", file.pk)

    assert "filename*=utf-8''" in response.headers["Content-Disposition"]
    assert response.headers["Content-Length"] == "5"
    b"".join(response.streaming_content)


def test_a_preview_is_drawn_anew_without_metadata(house: House) -> None:
    file = attach(house, photo(), "photo.jpg")

    response = get(house.sam, "preview", file.pk, "small")

    with Image.open(BytesIO(response.content)) as image:
        assert image.format == "WEBP"
        assert image.size == (480, 240)
        assert not image.getexif()
    assert b"camera" not in response.content


def test_a_preview_asks_for_rights_again_each_time(house: House) -> None:
    file = attach(house, photo(), "photo.jpg")
    tag = get(house.alice, "preview", file.pk, "small").headers["ETag"]
    client = Client(headers={"if-none-match": tag})
    address = reverse("preview", args=("northhost", file.pk, "small"))

    client.force_login(house.alice)
    again = client.get(address)
    client.force_login(house.carol)
    stranger = client.get(address)

    assert again.status_code == 304
    assert again.headers["Cache-Control"] == "private, no-cache"
    assert stranger.status_code == 404


def test_only_images_have_a_preview(house: House) -> None:
    file = attach(house, b"GET / 502", "server.log")

    response = get(house.alice, "preview", file.pk, "small")

    assert response.status_code == 404


def test_a_picture_of_too_many_pixels_has_no_preview(house: House) -> None:
    target = BytesIO()
    Image.new("1", (10_000, 6_000)).save(target, "PNG")
    file = attach(house, target.getvalue(), "bomb.png")

    response = get(house.alice, "preview", file.pk, "large")

    assert response.status_code == 404


def test_a_file_lost_from_the_disk_is_not_found(house: House) -> None:
    file = attach(house, b"GET / 502", "server.log")
    default_storage.delete(file.storage_key)

    response = get(house.alice, "download", file.pk)

    assert response.status_code == 404
