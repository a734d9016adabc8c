"""Django's settings for the floor: nothing but a database, an address and a template engine."""

import json
import os

# Given by the measuring process, which has read the real settings.
DATABASES = {"default": json.loads(os.environ["FLOOR_DATABASE"])}
SECRET_KEY = os.environ["SECRET_KEY"]
ALLOWED_HOSTS = ["localhost"]
ROOT_URLCONF = "frontdesk.operations.bench.floor_page"
MIDDLEWARE: list[str] = []
TEMPLATES = [{"BACKEND": "django.template.backends.jinja2.Jinja2", "DIRS": []}]
USE_TZ = True
