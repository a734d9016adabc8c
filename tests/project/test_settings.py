"""What the environment may not switch off: an installation that others reach is closed."""

import json
import subprocess
import sys

import pytest

NAMES = (
    *("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"),
    *("SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE"),
    *("SECURE_HSTS_SECONDS", "ALLOWED_HOSTS", "FILE_UPLOAD_PERMISSIONS", "DEBUG"),
)
SHOW = f"""
import json
from frontdesk.project import settings
print(json.dumps({{name: getattr(settings, name) for name in {NAMES!r}}}))
"""


def started_with(**environment: str) -> "subprocess.CompletedProcess[str]":
    given = {"DATABASE_URL": "postgresql://nobody@localhost/nothing", "SECRET_KEY": "for tests"}
    return subprocess.run(
        [sys.executable, "-c", SHOW], env=given | environment, capture_output=True, text=True
    )


@pytest.fixture(scope="module")
def public() -> dict[str, object]:
    return json.loads(started_with(PUBLIC_URL="https://help.example.com").stdout)


def test_cookies_of_a_public_address_are_bound_to_it_and_to_https(public) -> None:
    assert public["SESSION_COOKIE_NAME"] == "__Host-session"
    assert public["CSRF_COOKIE_NAME"] == "__Host-csrf"
    assert public["SESSION_COOKIE_SECURE"]
    assert public["CSRF_COOKIE_SECURE"]
    assert public["SECURE_HSTS_SECONDS"] >= 180 * 24 * 3600


def test_no_script_reads_a_cookie_and_no_other_site_sends_it_along(public) -> None:
    assert public["SESSION_COOKIE_HTTPONLY"]
    assert public["CSRF_COOKIE_HTTPONLY"]
    assert public["SESSION_COOKIE_SAMESITE"] == "Lax"


def test_a_public_address_answers_to_its_own_name_only(public) -> None:
    assert "*" not in public["ALLOWED_HOSTS"]
    assert "help.example.com" in public["ALLOWED_HOSTS"]


def test_files_of_clients_are_for_this_user_of_the_machine_alone(public) -> None:
    assert public["FILE_UPLOAD_PERMISSIONS"] == 0o600


def test_pages_of_errors_never_show_secrets_to_the_public(public) -> None:
    refused = started_with(PUBLIC_URL="https://help.example.com", DEBUG="1")

    assert public["DEBUG"] is False
    assert refused.returncode != 0
    assert "DEBUG shows secrets" in refused.stderr


def test_no_secret_key_is_shipped(public) -> None:
    refused = started_with(SECRET_KEY="")

    assert refused.returncode != 0
    assert "SECRET_KEY is not set" in refused.stderr
