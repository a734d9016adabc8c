"""Draws a provider's logo anew: a small square WebP, with nothing of the sent file in it."""

from io import BytesIO
from typing import IO

from PIL import Image, ImageOps, UnidentifiedImageError

from frontdesk.support import errors

KINDS = ["PNG", "WEBP"]
PIXELS = 256
MOST_PIXELS = 16_000_000
MOST_BYTES = 2 * 1024 * 1024


def draw_logo(file: IO[bytes]) -> bytes:
    """Return the logo as WebP, fitted into a clear square.

    Raises BadValue for what is no PNG or WebP by its content, or is too large.
    """
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise errors.BadValue("logo", errors.BadValue.TOO_LARGE)
    try:
        with Image.open(BytesIO(content), formats=KINDS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise errors.BadValue("logo", errors.BadValue.TOO_LARGE)
            return _fitted(image.convert("RGBA"))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise errors.BadValue("logo", errors.BadValue.NOT_AN_IMAGE) from None


def _fitted(image: Image.Image) -> bytes:
    image = ImageOps.contain(image, (PIXELS, PIXELS))  # a small one grows
    square = Image.new("RGBA", (PIXELS, PIXELS), (0, 0, 0, 0))
    square.paste(image, ((PIXELS - image.width) // 2, (PIXELS - image.height) // 2))
    target = BytesIO()
    square.save(target, "WEBP", quality=90)
    return target.getvalue()
