"""Draws the files of the demo's tickets."""

import io
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFont

from frontdesk.operations.demo.stories import read

INK, PAPER, GREY, BLUE, RED = "#1c2130", "#ffffff", "#d9dde6", "#4254d0", "#c23a3a"


def make_file(name: str) -> ContentFile:  # type: ignore[type-arg]
    """Return the content of a file of `files.toml`."""
    told = read("files")[name]
    make = {"text": _text, "paper": _paper, "chart": _chart, "console": _console}
    return ContentFile(make.get(told["kind"], _warning)(told), name=name)


def _text(told: dict[str, Any]) -> bytes:
    text: str = told["text"]
    return text.lstrip("\n").encode()


def _chart(told: dict[str, Any]) -> bytes:
    image = Image.new("RGB", (960, 420), PAPER)
    draw = ImageDraw.Draw(image)
    draw.text((40, 22), told["title"], fill=INK, font=ImageFont.load_default(22))
    for share in (0, 25, 50, 75, 100):
        y = 380 - share * 3
        draw.line((80, y, 930, y), fill=GREY)
        draw.text((30, y - 9), f"{share}%", fill=INK, font=ImageFont.load_default(14))
    step = 850 / (len(told["values"]) - 1)
    points = [(80 + i * step, 380 - value * 3) for i, value in enumerate(told["values"])]
    draw.polygon([(80, 380), *points, (930, 380)], fill="#dfe3fb")
    draw.line(points, fill=BLUE, width=3)
    return _png(image)


def _console(told: dict[str, Any]) -> bytes:
    image = Image.new("RGB", (960, 400), "#000000")
    draw = ImageDraw.Draw(image)
    for row, line in enumerate(told["lines"]):
        draw.text((20, 24 + row * 34), line, fill="#c8ccd4", font=ImageFont.load_default(21))
    draw.rectangle((20, 30 + len(told["lines"]) * 34, 32, 52 + len(told["lines"]) * 34), "#c8ccd4")
    return _png(image)


def _warning(told: dict[str, Any]) -> bytes:
    image = Image.new("RGB", (960, 480), PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 960, 56), fill="#eceef3")
    draw.rounded_rectangle((120, 10, 840, 46), 18, fill=PAPER)
    draw.text((150, 17), told["title"], fill=RED, font=ImageFont.load_default(18))
    draw.polygon([(180, 130), (130, 215), (230, 215)], fill=RED)
    draw.text((173, 150), "!", fill=PAPER, font=ImageFont.load_default(52))
    for row, line in enumerate(told["lines"]):
        size = 30 if row == 0 else 20
        draw.text((130, 250 + row * 50), line, fill=INK, font=ImageFont.load_default(size))
    return _png(image)


def _png(image: Image.Image) -> bytes:
    # 32 colours draw these pictures as well and make them small.
    out = io.BytesIO()
    image.quantize(32).save(out, "PNG")
    return out.getvalue()


def _paper(told: dict[str, Any]) -> bytes:
    """A PDF of one page with lines of type, the smallest that readers accept."""
    lines = [told["title"], "", *told["lines"]]
    shown = "".join(f"({_escaped(line)}) Tj T*\n" for line in lines)
    page = f"BT /F1 13 Tf 20 TL 60 780 Td\n{shown}ET"
    return _pdf(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            " /Resources << /Font << /F1 5 0 R >> >> >>",
            f"<< /Length {len(page)} >>\nstream\n{page}\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
        ]
    )


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _pdf(objects: list[str]) -> bytes:
    out = "%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
    return f"{out}{end}startxref\n{len(out)}\n%%EOF\n".encode("ascii")
