"""Files: sent to those who may read the ticket, after asking each time."""

from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
)
from django.views.decorators.http import require_GET
from PIL import Image, ImageOps

from frontdesk.channels.web.visit import (
    ClientVisit,
    StaffVisit,
    as_either,
    client_visit,
)
from frontdesk.support.models import Attachment, Ticket

# Pixels of the longer side: in a thread at twice the size of its box, and opened.
PREVIEW_SIZES = {"small": 480, "large": 1600}
# Types a browser may be told; whatever could run as a page is only bytes.
HARMLESS = (
    "image/",
    "video/",
    "audio/",
    "text/plain",
    "application/pdf",
    "application/zip",
)
NEVER = "image/svg"


@require_GET
@as_either
def download(
    request: HttpRequest, visit: ClientVisit | StaffVisit, attachment: int
) -> HttpResponseBase:
    """Send a file as a download; never shown inside our origin."""
    found = _visible_attachment(request, visit, attachment)
    try:
        file = default_storage.open(found.storage_key)
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(
        file,
        as_attachment=True,
        filename=found.name,
        content_type=_told_type(found.content_type),
    )
    response.headers["Content-Length"] = str(found.size)
    return _seal(response)


@require_GET
@as_either
def preview(
    request: HttpRequest, visit: ClientVisit | StaffVisit, attachment: int, size: str
) -> HttpResponseBase:
    """Send an image drawn anew: smaller, without its metadata, checked by its pixels first."""
    found = _visible_attachment(request, visit, attachment)
    if not found.is_image or size not in PREVIEW_SIZES:
        raise Http404
    tag = f'"{found.pk}-{size}"'
    if request.headers.get("If-None-Match") == tag:
        return _kept_by_browser(HttpResponse(status=304), tag)
    try:
        content = _drawn_anew(found.storage_key, size)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise Http404 from None
    return _kept_by_browser(HttpResponse(content, content_type="image/webp"), tag)


def _visible_attachment(
    request: HttpRequest, visit: ClientVisit | StaffVisit, pk: int
) -> Attachment:
    """Load the file through the tickets this person reads, as staff or as a client."""
    reaches = [visit.reach]
    if isinstance(visit, StaffVisit) and (client := client_visit(request, visit.provider.slug)):
        reaches.append(client.reach)
    for reach in reaches:
        tickets = Ticket.objects.visible_to(reach)
        if found := Attachment.objects.filter(pk=pk, message__ticket__in=tickets).first():
            return found
    raise Http404


def _told_type(content_type: str) -> str:
    if content_type.startswith(HARMLESS) and not content_type.startswith(NEVER):
        return content_type
    return "application/octet-stream"


def _kept_by_browser(response: HttpResponse, tag: str) -> HttpResponseBase:
    """Let the browser keep the picture, and show it again only after the rights were asked.

    An answer that says "unchanged" says so too, or it would undo what the first one said.
    """
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["ETag"] = tag
    return _seal(response)


def _seal(response: HttpResponseBase) -> HttpResponseBase:
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _drawn_anew(storage_key: str, size: str) -> bytes:
    """Return the preview, made once and kept beside the file."""
    kept = f"{storage_key}.{size}.webp"
    if default_storage.exists(kept):
        with default_storage.open(kept) as file:
            return bytes(file.read())
    with default_storage.open(storage_key) as file:
        content = _shrink(BytesIO(file.read()), PREVIEW_SIZES[size])
    default_storage.save(kept, ContentFile(content))
    return content


def _shrink(source: BytesIO, longest: int) -> bytes:
    target = BytesIO()
    with Image.open(source, formats=["JPEG", "PNG", "GIF", "WEBP"]) as image:
        image.draft("RGB", (longest, longest))
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((longest, longest))
        mode = "RGBA" if upright.mode in {"RGBA", "LA", "P", "PA"} else "RGB"
        # A new picture: nothing of the old one's metadata comes along.
        upright.convert(mode).save(target, "WEBP", quality=82, exif=b"", xmp=b"")
    return target.getvalue()
