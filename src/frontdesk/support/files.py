"""Tells what a file is by its content, and what may be sent."""

import struct
from dataclasses import dataclass
from typing import IO

import puremagic
from PIL import Image, UnidentifiedImageError

UNKNOWN = "application/octet-stream"
# Images a browser shows without running anything; the only ones that get a preview.
SHOWN_IMAGES = {"JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/gif", "WEBP": "image/webp"}
MOST_PIXELS = 50_000_000
PROGRAM_ENDINGS = frozenset(
    "exe dll com scr pif msi msix bat cmd vbs vbe jse wsf wsh hta cpl lnk jar class apk"
    " appimage app".split()
)
MACH_O = frozenset({0xFEEDFACE, 0xFEEDFACF, 0xCEFAEDFE, 0xCFFAEDFE})
HEAD_BYTES = 8192
# What the library raises on broken, foreign or far too large pictures.
NO_IMAGE = (
    UnidentifiedImageError,
    OSError,
    ValueError,
    SyntaxError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


@dataclass(frozen=True, slots=True)
class Told:
    """What the content says: its type, and of a shown image the size in pixels."""

    content_type: str
    width: int | None = None
    height: int | None = None


def is_program(name: str, head: bytes) -> bool:
    """Whether the file runs when somebody opens it, by its beginning or by its name's end."""
    _stem, dot, ending = name.rpartition(".")
    if dot and ending.strip().lower() in PROGRAM_ENDINGS:
        return True
    if head.startswith((b"MZ", b"\x7fELF")):
        return True
    return len(head) >= 4 and struct.unpack(">I", head[:4])[0] in MACH_O


def tell(file: IO[bytes], head: bytes) -> Told:
    """Return what the content says; the name is not asked. The file is left at its start."""
    told = _tell_image(file)
    file.seek(0)
    return told or Told(_tell_other(head))


def _tell_image(file: IO[bytes]) -> Told | None:
    try:
        with Image.open(file, formats=list(SHOWN_IMAGES)) as image:
            width, height, kind = image.width, image.height, image.format or ""
    except NO_IMAGE:
        return None
    if width * height > MOST_PIXELS:
        return Told(SHOWN_IMAGES[kind])
    return Told(SHOWN_IMAGES[kind], width, height)


def _tell_other(head: bytes) -> str:
    try:
        found: str = puremagic.from_string(head, mime=True)
    except (puremagic.PureError, ValueError, IndexError, struct.error):
        found = ""
    if found:
        return found[:100]
    return "text/plain" if _is_text(head) else UNKNOWN


def _is_text(head: bytes) -> bool:
    if b"\x00" in head:
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        # A multi-byte symbol may be cut by the end of what was read.
        return error.start >= len(head) - 3 and bool(head)
    return bool(head)
