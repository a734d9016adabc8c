"""What we change in allauth's second step: secrets are sealed, the QR code needs no style."""

import base64
import secrets
from typing import Any
from urllib.parse import urlsplit

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markupsafe import Markup

from frontdesk.channels.web.sign_in.adapter import Adapter
from frontdesk.channels.web.sign_in.browsers import browser_words
from frontdesk.shared.sealing import Unsealable, seal, unseal

PIXELS_A_MODULE = 4


class SecondStepAdapter(DefaultMFAAdapter):
    """allauth asks this class where it leaves a choice."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("This code is wrong or no longer valid. Try the next one."),
        "cannot_generate_recovery_codes": gettext_lazy(
            "Connect an app or add a passkey first: recovery codes stand in for them."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Seal what is stored: the app's secret, the seed of the recovery codes."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open it again; in the place of what cannot be opened stands one that nobody knows."""
        try:
            return unseal(encrypted_text)
        except Unsealable:
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def build_totp_svg(self, url: str) -> Markup:
        """Draw the QR code as inline SVG; white ground in the dark too, or phones do not see it."""
        code = segno.make(url, error="m")
        drawing = code.svg_inline(scale=PIXELS_A_MODULE, border=2, svgclass="qr-code", light="#fff")
        return Markup(drawing)  # noqa: S704  # drawn by the library from digits alone

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """Suggest a name for a new passkey: the browser in use."""
        account = Adapter()
        return browser_words(account.get_http_user_agent(account.request))

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Passkeys belong to the public address, not to whatever Host a request names."""
        return {"id": urlsplit(settings.PUBLIC_URL).hostname or "localhost", "name": _("Frontdesk")}
