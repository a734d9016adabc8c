"""The entry point of the live process: asynchronous, and nothing but live updates."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frontdesk.project.settings")
django.setup()

from frontdesk.channels.web.live.app import application  # noqa: E402  # settings come first

__all__ = ["application"]
