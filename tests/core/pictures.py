"""Pictures that nobody should have to open, and the doors through which people upload one."""

import struct
import zlib
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from core.models import HubImage
from people.models import User


def encoded(kind: str, size: tuple[int, int] = (600, 400), **options: Any) -> bytes:
    file = BytesIO()
    Image.new("RGB", size, "teal").save(file, kind, **options)
    return file.getvalue()


def noisy(kind: str = "PNG", size: tuple[int, int] = (200, 100)) -> bytes:
    """One that is as large as what somebody drew, or photographed."""
    file = BytesIO()
    Image.effect_noise(size, 80).save(file, kind)
    return file.getvalue()


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _vast() -> bytes:
    """13,300 pixels a side in 20 KB."""
    rows = zlib.compress(b"\0" * 13_300 * 1700, 9)
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", 13_300, 13_300, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def _moving(kind: str) -> bytes:
    return encoded(kind, save_all=True, append_images=[Image.new("RGB", (600, 400), "red")], duration=100)


EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\n(x) = showpage\n%%EOF\n"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
REFUSED = {
    "EPS": EPS,
    "SVG": SVG,
    "GIF": encoded("GIF"),
    "BMP": encoded("BMP"),
    "TIFF": encoded("TIFF"),
    "PSD": b"8BPS\0\1" + b"\0" * 200,
    "PDF": b"%PDF-1.7\n%%EOF",
    "page": b"<script>alert(1)</script>",
    "nothing": b"\0",
    "cut short": encoded("JPEG")[:700],
    "head alone": b"\xff\xd8\xff\xe0" + b"\0" * 400,
    "vast": _vast(),
    "moving PNG": _moving("PNG"),
    "moving WebP": _moving("WEBP"),
}


def upload(content: bytes, name: str = "lane.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/jpeg")


def as_portrait(browser: Client, person: User, file: Any) -> bool:
    browser.post("/people/me/", {"name": person.name, "audience": "everyone", "photo": file})
    person.refresh_from_db()
    return bool(person.photo)


def as_picture(browser: Client, person: User, file: Any) -> bool:
    browser.post("/admin/images/add/", {"title": "A lane", "file": file, "audience": "everyone"})
    return HubImage.objects.exists()


def as_several(browser: Client, person: User, file: Any) -> bool:
    answer = browser.post("/admin/images/multiple/add/", {"files[]": file, "title": "A lane"})
    return bool(answer.json()["success"])


def in_chooser(browser: Client, person: User, file: Any) -> bool:
    data = {"image-chooser-upload-title": "A lane", "image-chooser-upload-file": file}
    browser.post("/admin/images/chooser/create/", {**data, "image-chooser-upload-audience": "everyone"})
    return HubImage.objects.exists()


DOORS = (as_portrait, as_picture, as_several, in_chooser)
