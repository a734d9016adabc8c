"""Coming in: by password without a script, by passkey, by one press in the demo."""

from collections.abc import Callable, Iterator

import pytest

from tests.e2e.people import ADDRESSES, Person

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def press(someone: Person, name: str) -> None:
    someone.page.get_by_role("button", name=name, exact=True).click()


@pytest.fixture
def hana(person: Callable[..., Person]) -> Iterator[Person]:
    """Hana at a device with a fingerprint reader; afterwards her passkeys are gone."""
    someone = person()
    device = someone.page.context.new_cdp_session(someone.page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    someone.sign_in("hana")
    yield someone
    # A page of its own: the other one may still be on its way somewhere.
    later = Person(someone.page.context.new_page())
    later.go("/security/passkeys/")
    while (remove := later.page.get_by_role("link", name="Remove ")).count():
        remove.first.click()
        press(later, "Remove the passkey")
        later.arrive("/security/passkeys/")


def test_a_passkey_alone_lets_one_in(hana: Person) -> None:
    hana.go("/security/passkeys/add/")
    press(hana, "Add the passkey")
    hana.arrive("/security/codes/")
    hana.go("/sign-out/")
    press(hana, "Sign out")
    hana.arrive("/sign-in/")

    hana.go("/sign-in/?next=/northhost/account/")
    press(hana, "Use a passkey")

    hana.arrive("/northhost/account/")
    assert hana.complaints == []


def test_a_passkey_is_the_second_step_after_the_password(hana: Person) -> None:
    hana.go("/security/passkeys/add/")
    hana.page.get_by_label("Sign in with it alone").uncheck()
    press(hana, "Add the passkey")
    hana.arrive("/security/codes/")
    hana.go("/sign-out/")
    press(hana, "Sign out")
    hana.arrive("/sign-in/")

    hana.page.get_by_label("E-mail").fill(ADDRESSES["hana"])
    hana.page.get_by_label("Password", exact=True).fill("demo")
    press(hana, "Sign in")
    hana.arrive("/sign-in/code/")
    press(hana, "Use a passkey")

    hana.arrive("/northhost/desk/")


def test_a_cancelled_passkey_is_told_in_words(person: Callable[..., Person]) -> None:
    someone = person()
    device = someone.page.context.new_cdp_session(someone.page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    someone.go("/sign-in/")

    press(someone, "Use a passkey")

    complaint = someone.page.get_by_text("No passkey was used.")
    complaint.wait_for()
    assert complaint.get_attribute("role") == "alert"


def test_the_password_needs_no_script(person: Callable[..., Person]) -> None:
    someone = person(java_script_enabled=False)
    someone.go("/sign-in/?next=/northhost/account/")
    page = someone.page

    page.get_by_label("E-mail").fill(ADDRESSES["alice"])
    page.get_by_label("Password", exact=True).fill("wrong")
    press(someone, "Sign in")

    assert page.get_by_role("alert").inner_text().startswith("This e-mail and password")
    assert page.get_by_label("E-mail").input_value() == ADDRESSES["alice"]
    assert not page.get_by_role("button", name="Use a passkey").is_visible()
    page.get_by_label("Password", exact=True).fill("demo")
    press(someone, "Sign in")
    assert page.url.endswith("/northhost/account/")


@pytest.mark.parametrize(
    ("name", "home"),
    [("Alice", "/northhost/"), ("Sam", "/northhost/desk/"), ("Ada", "/northhost/desk/")],
)
def test_one_press_is_enough_in_the_demo(
    person: Callable[..., Person], name: str, home: str
) -> None:
    someone = person()
    someone.go("/sign-in/")

    press(someone, f"Continue as {name}")

    someone.arrive(home)


def test_the_error_gets_the_focus(person: Callable[..., Person]) -> None:
    someone = person()
    someone.go("/sign-in/")

    someone.page.get_by_label("E-mail").fill(ADDRESSES["alice"])
    someone.page.get_by_label("Password", exact=True).fill("wrong")
    press(someone, "Sign in")

    someone.page.get_by_role("alert").first.wait_for()
    assert someone.page.evaluate("document.activeElement.id") == "errors"
    someone.look_in_every_window("sign-in-wrong")
