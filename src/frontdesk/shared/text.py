"""What text the database can hold."""

import re

# PostgreSQL keeps neither NUL nor half of a surrogate pair; JSON can bring both.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """Return the text without what PostgreSQL would refuse."""
    return UNSTORABLE.sub("", text)
