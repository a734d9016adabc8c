"""A plain HTTP client without script: follows forms as they stand on the page."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

import httpx

from tests.e2e.people import ADDRESSES


@dataclass
class Form:
    """A form of a page: where it goes, its hidden fields, the names in their order, its buttons."""

    action: str
    id: str = ""
    hidden: dict[str, str] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    buttons: list[str] = field(default_factory=list)


class FormReader(HTMLParser):
    """Reads the forms of a page, and the options that its fields offer."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.options: dict[str, str] = {}
        self._in_form = False
        self._button: list[str] | None = None
        self._label: str | None = None
        self._hidden = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        got = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._in_form = True
            self.forms.append(Form(got.get("action", ""), got.get("id", "")))
        elif self._in_form and tag in {"input", "textarea", "select"} and got.get("name"):
            self._field(got)
        elif tag == "button":
            self._button = []
        elif got.get("aria-hidden") == "true" and tag != "svg":
            # Not a part of the accessible name.
            self._hidden = tag

    def _field(self, got: dict[str, str]) -> None:
        form, name = self.forms[-1], got["name"]
        if name not in form.names:
            form.names.append(name)
        if got.get("type") == "hidden":
            form.hidden[name] = got.get("value", "")
        if got.get("type") == "radio":
            self._label = got.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._button is not None and not self._hidden:
            self._button.append(data)
        if self._label is not None and data.strip():
            self.options[data.strip()] = self._label
            self._label = None

    def handle_endtag(self, tag: str) -> None:
        if tag == self._hidden:
            self._hidden = ""
        if tag == "form":
            self._in_form = False
        if tag == "button" and self._button is not None:
            if self._in_form:
                self.forms[-1].buttons.append(" ".join("".join(self._button).split()))
            self._button = None


class PlainBrowser:
    """One person with own cookies."""

    def __init__(self, site: str, person: str = "") -> None:
        self.http = httpx.Client(base_url=site, timeout=30)
        if person:
            self.sign_in(person)

    def sign_in(self, person: str) -> httpx.Response:
        """Post the sign-in form as it stands."""
        page = self.http.get("/sign-in/")
        fields = {"login": ADDRESSES[person], "password": "demo"}
        return self.send(page, "Sign in", fields, follow=False)

    def get(self, path: str, **query: str) -> httpx.Response:
        """Open a page, going where it leads."""
        return self.http.get(path, params=query, follow_redirects=True)

    def form(self, page: httpx.Response, button: str) -> Form:
        """Return the form with this button, by its accessible name."""
        forms = [one for one in FormReader(page.text).forms if button in one.buttons]
        assert forms, f"no form with the button {button!r} on {page.url}"
        return forms[0]

    def send(
        self,
        page: httpx.Response,
        button: str,
        fields: dict[str, str],
        *,
        files: list[tuple[str, bytes]] | None = None,
        follow: bool = True,
    ) -> httpx.Response:
        """Fill the form with this button and send it."""
        form = self.form(page, button)
        parts = [("files", (name, content)) for name, content in files or []]
        return self.http.post(
            urljoin(str(page.url), form.action or str(page.url)),
            data={**form.hidden, **fields},
            files=parts or None,
            follow_redirects=follow,
        )
