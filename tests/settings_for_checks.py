"""Settings for tools that read the code and need no database: types, migrations in step."""

import os

os.environ.setdefault("SECRET_KEY", "for checks only")
os.environ.setdefault("DATABASE_URL", "postgresql://nobody@localhost/nothing")

from frontdesk.project.settings import *  # noqa: F403
