"""How the provider appears: saved by administrators, shown everywhere; the logo drawn anew."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from frontdesk.support.models import Event, EventKind
from tests.people import House

FORM = {
    "name": "North Host Ltd",
    "hue": "155",
    "support_email": "hello@northhost.example",
    "time_zone": "Europe/Berlin",
}


@pytest.fixture
def ada_at(house: House) -> Client:
    client = Client()
    client.force_login(house.ada)
    return client


def image(kind: str, size: tuple[int, int] = (300, 200)) -> SimpleUploadedFile:
    target = BytesIO()
    Image.new("RGB", size, "red").save(target, kind)
    return SimpleUploadedFile("logo.png", target.getvalue(), content_type="image/png")


def send_logo(client: Client, file: SimpleUploadedFile):
    return client.post("/northhost/settings/logo/", {"logo": file})


def test_a_change_is_saved_with_its_event(house: House, ada_at: Client) -> None:
    response = ada_at.post("/northhost/settings/", FORM)

    house.north.refresh_from_db()
    assert response.status_code == 303
    assert (house.north.name, house.north.hue) == ("North Host Ltd", 155)
    event = Event.objects.get(kind=EventKind.SETTINGS_CHANGED)
    assert event.data == {"what": "provider", "id": house.north.pk, "act": "changed"}


def test_the_new_hue_is_in_the_stylesheet_of_the_provider(house: House, ada_at: Client) -> None:
    ada_at.post("/northhost/settings/", FORM)

    assert "--brand-hue: 155" in Client().get("/northhost/brand.css").content.decode()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Fill this in."),
        ("name", "x" * 81, "This is too long."),
        ("hue", "361", "Choose one from the list."),
        ("hue", "red; } body { display: none", "Choose one from the list."),
        ("hue", "", "Choose one from the list."),
        ("support_email", "help", "Write a whole e-mail address"),
        ("time_zone", "", "Choose a time zone from the list."),
    ],
)
def test_a_wrong_value_comes_back_with_the_rest(
    house: House, ada_at: Client, field: str, value: str, words: str
) -> None:
    response = ada_at.post("/northhost/settings/", FORM | {field: value})

    assert response.status_code == 422
    assert words in response.content.decode()
    assert "1 field needs your attention" in response.content.decode()
    house.north.refresh_from_db()
    assert house.north.name == "North Host"


@pytest.mark.parametrize("size", [(16, 16), (600, 600)])
def test_a_square_logo_fills_its_square(house: House, ada_at: Client, size) -> None:
    send_logo(ada_at, image("PNG", size))

    drawn = Image.open(BytesIO(Client().get("/northhost/logo/").content))
    assert drawn.getbbox() == (0, 0, *drawn.size)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_logo_is_drawn_anew_as_a_small_square(house: House, ada_at: Client, kind: str) -> None:
    send_logo(ada_at, image(kind))

    response = Client().get("/northhost/logo/")
    drawn = Image.open(BytesIO(response.content))
    assert response.headers["Content-Type"] == "image/webp"
    assert "immutable" in response.headers["Cache-Control"]
    assert (drawn.format, drawn.size) == ("WEBP", (256, 256))


@pytest.mark.parametrize(
    "file",
    [
        image("JPEG"),
        image("GIF"),
        SimpleUploadedFile("logo.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        SimpleUploadedFile("logo.png", b"\x89PNG\r\n\x1a\nbroken"),
        SimpleUploadedFile("logo.webp", b"<script>alert(1)</script>"),
    ],
)
def test_what_is_no_png_or_webp_by_content_is_refused(house: House, ada_at: Client, file) -> None:
    file.seek(0)

    response = send_logo(ada_at, file)

    house.north.refresh_from_db()
    assert response.status_code == 422
    assert "This is neither a PNG nor a WebP image." in response.content.decode()
    assert house.north.logo == ""


def test_a_pixel_bomb_is_refused(house: House, ada_at: Client) -> None:
    response = send_logo(ada_at, image("PNG", (5000, 4000)))

    assert response.status_code == 422
    assert "This image is too large" in response.content.decode()


def test_a_new_logo_has_a_new_address_and_replaces_the_old_file(
    house: House, ada_at: Client, django_capture_on_commit_callbacks
) -> None:
    send_logo(ada_at, image("PNG"))
    house.north.refresh_from_db()
    old = house.north.logo

    with django_capture_on_commit_callbacks(execute=True):
        send_logo(ada_at, image("WEBP"))

    house.north.refresh_from_db()
    assert house.north.logo[-8:] != old[-8:]
    assert not default_storage.exists(old)


def test_a_logo_is_removed(house: House, ada_at: Client) -> None:
    send_logo(ada_at, image("PNG"))

    ada_at.post("/northhost/settings/logo/", {"remove": "1"})

    assert Client().get("/northhost/logo/").status_code == 404


def test_no_file_at_all_is_told_in_words(house: House, ada_at: Client) -> None:
    response = ada_at.post("/northhost/settings/logo/")

    assert response.status_code == 422
    assert "Choose a file first." in response.content.decode()
