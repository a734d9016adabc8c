"""What a file is, its content says; what runs is refused."""

import io
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from frontdesk.support.actions.receive_file import NAME_LENGTH, clean_name
from frontdesk.support.files import HEAD_BYTES, UNKNOWN, is_program, tell


def told(content: bytes):
    return tell(io.BytesIO(content), content[:HEAD_BYTES])


def picture(kind: str, size: tuple[int, int] = (30, 20)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, kind)
    return out.getvalue()


def png_claiming(width: int, height: int) -> bytes:
    """A small file that unfolds into a picture of this size."""
    size = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    head = b"IHDR" + size + b"\x08\x02\x00\x00\x00"
    chunk = (13).to_bytes(4, "big") + head + zlib.crc32(head).to_bytes(4, "big")
    return b"\x89PNG\r\n\x1a\n" + chunk


@pytest.mark.parametrize(
    ("kind", "content_type"),
    [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("GIF", "image/gif"), ("WEBP", "image/webp")],
)
def test_a_picture_is_known_with_its_size(kind, content_type):
    assert (told(picture(kind)).content_type, told(picture(kind)).width) == (content_type, 30)


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<!DOCTYPE html><script>alert(1)</script>",
        b"<?xml version='1.0'?><svg/>",
        b"%PDF-1.7\n1 0 obj",
        b"GIF89",
        b"\x89PNG\r\n\x1a\n",
        b"BM" + b"\x00" * 60,
        b"II*\x00" + b"\x00" * 60,
        b"plain words",
        b"\x00\x01\x02\x03",
        b"",
    ],
)
def test_only_the_four_safe_pictures_are_shown(content):
    assert told(content).width is None


def test_a_picture_too_large_to_unfold_gets_no_preview():
    bomb = told(png_claiming(60_000, 60_000))

    assert (bomb.content_type, bomb.width) == ("image/png", None)


@pytest.mark.parametrize("text", ["plain words", "слова", "日本" * 3_000, "a: 1\nb: 2"])
def test_text_of_any_script_is_text(text):
    content = text.encode()

    assert told(content).content_type.startswith("text/")


def test_what_nobody_knows_is_only_bytes():
    assert told(b"\x00\xff\xfe\x9c" * 30).content_type == UNKNOWN


@given(st.binary(max_size=300))
def test_no_content_confuses_the_teller(content):
    assert told(content).content_type.count("/") == 1


@given(
    st.binary(max_size=300),
    st.sampled_from([b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF", b"\xff\xd8"]),
)
def test_no_broken_picture_confuses_the_teller(rest, head):
    assert told(head + rest).content_type


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("setup.exe", b"anything"),
        ("SETUP.EXE", b"anything"),
        ("invoice.pdf.scr", b"anything"),
        ("run.bat ", b"anything"),
        ("applet.jar", b"PK\x03\x04"),
        ("holiday.jpg", b"MZ\x90\x00"),
        ("notes.txt", b"\x7fELF\x02"),
        ("notes", bytes.fromhex("feedfacf")),
        ("notes", bytes.fromhex("cffaedfe")),
    ],
)
def test_programs_are_refused_by_name_and_by_content(name, head):
    assert is_program(name, head)


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("server.log", b"MIME-Version"),
        ("index.php", b"<?php"),
        ("fix.sh", b"#!/bin/sh"),
        ("exe", b"a file about exe"),
        ("backup.tar.gz", b"\x1f\x8b"),
        ("site.com.zone", b"$ORIGIN"),
        ("x", b""),
    ],
)
def test_what_hosting_people_send_each_other_is_no_program(name, head):
    assert not is_program(name, head)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("server.log", "server.log"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\win.ini", "win.ini"),
        ("/etc/passwd", "passwd"),
        ("C:\\boot.ini", "boot.ini"),
        ("..", "file"),
        (".", "file"),
        ("", "file"),
        ("a/", "file"),
        ("...hidden...", "hidden"),
        ("a\x00b\nc\x1b.txt", "abc.txt"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ('a<b>"c"|?*.txt', "a_b_c_.txt"),
        ("server.log:stream", "server.log_stream"),
        ("  two   words .txt ", "two words .txt"),
        ("日本語のファイル.png", "日本語のファイル.png"),
        ("half\ud800.txt", "half.txt"),
    ],
)
def test_a_name_is_data_and_never_a_path(name, clean):
    assert clean_name(name) == clean


def test_a_long_name_keeps_its_ending():
    name = clean_name("x" * 500 + ".tar.gz")

    assert name == "x" * (NAME_LENGTH - 4) + "….gz"


@given(st.text(max_size=300))
def test_every_name_becomes_a_short_one_without_paths(name):
    clean = clean_name(name)

    assert 1 <= len(clean) <= NAME_LENGTH
    assert not set(clean) & set('/\\\x00\n:*?"<>|')
    assert clean.strip(". ") == clean
    clean.encode()
