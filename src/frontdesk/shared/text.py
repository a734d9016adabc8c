"""What text the database can hold, and which symbols turn a line round."""

import re

# PostgreSQL keeps neither NUL nor half of a surrogate pair; JSON can bring both.
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
# Overrides, embeddings and isolates: what follows one can be made to read as its opposite.
BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def storable(text: str) -> str:
    """Return the text without what PostgreSQL would refuse."""
    return UNSTORABLE.sub("", text)
