"""``python -m core.pictures.reader USE``: makes the picture on standard input anew and writes it to standard output.

The first line is JSON: the extension of the new file, or why the picture is refused. The new file holds pixels only:
no place, no camera, no comment, no preview, nothing behind the picture's end. Imports no Django.
"""

import json
import logging
import sys
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from typing import BinaryIO

from PIL import (
    Image,
    ImageCms,
    ImageOps,
    UnidentifiedImageError,
    WebPImagePlugin,  # noqa: F401 (Pillow knows WebP once it is imported)
)

from core.sandbox import MB, hold

PIXELS = 50_000_000  # more than a telephone's camera takes
MEMORY = 768 * MB
SECONDS = 20  # of the processor
SIDE = 3000  # of an editor's picture; the web server decodes it for every size of it
PORTRAIT_SIDE = 480
GROUND = "#f4f0e6"  # what shows through a portrait; paper, as the drawn ones have it
KINDS = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png", "WEBP": "webp", "HEIF": "jpg"}
SETTINGS = {"jpg": ("JPEG", {"quality": 88}), "png": ("PNG", {}), "webp": ("WEBP", {"quality": 88})}
HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"mif1")


class NotAPicture(Exception):
    """The picture is not taken; the message is the reason in one word."""


def main() -> None:
    hold(MEMORY, SECONDS)
    logging.disable()
    use = USES[sys.argv[1]]
    try:
        extension, content = use(opened(sys.stdin.buffer))
    except NotAPicture as error:
        say({"refused": str(error)})
    except MemoryError:
        say({"refused": "hard"})
    except Exception:  # noqa: BLE001 (a damaged picture can fail in any way)
        say({"refused": "damaged"})
    else:
        say({"extension": extension})
        sys.stdout.buffer.write(content)


def say(head: dict[str, str]) -> None:
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n")


def opened(stream: BinaryIO) -> Image.Image:
    """The picture, its head read and nothing decoded. What it is, its first bytes say, never its name."""
    content = stream.read()
    Image.MAX_IMAGE_PIXELS = None  # our own limit is below
    try:
        image = Image.open(BytesIO(content), formats=formats(content))
    except UnidentifiedImageError as error:
        raise NotAPicture("kind") from error
    if image.width * image.height > PIXELS:
        raise NotAPicture("pixels")
    if image.format in ("PNG", "WEBP") and getattr(image, "n_frames", 1) > 1:
        raise NotAPicture("moving")
    return image


def formats(content: bytes) -> list[str]:
    """The one format that the first bytes promise."""
    if content.startswith(b"\xff\xd8\xff"):
        return ["JPEG"]
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return ["PNG"]
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return ["WEBP"]
    if content[4:8] == b"ftyp" and content[8:12] in HEIF_BRANDS:
        with suppress(ImportError):
            from pillow_heif import register_heif_opener  # noqa: PLC0415 (large, and few pictures need it)

            register_heif_opener(thumbnails=False, decode_threads=1)
            return ["HEIF"]
    raise NotAPicture("kind")


# -- what is made of it ------------------------------------------------------------------------------------------------
def portrait(image: Image.Image) -> tuple[str, bytes]:
    """A square on light ground."""
    image = plain(image, 2 * PORTRAIT_SIDE)
    if image.mode == "RGBA":
        ground = Image.new("RGBA", image.size, GROUND)
        image = Image.alpha_composite(ground, image)
    square = ImageOps.fit(image.convert("RGB"), (PORTRAIT_SIDE, PORTRAIT_SIDE))
    return "webp", written(square, "webp")


def picture(image: Image.Image) -> tuple[str, bytes]:
    """The same picture, no larger than pages need it."""
    extension = KINDS[str(image.format)]
    image = plain(image, SIDE)
    if extension == "jpg" and image.mode == "RGBA":
        extension = "png"
    return extension, written(image, extension)


USES: dict[str, Callable[[Image.Image], tuple[str, bytes]]] = {"portrait": portrait, "picture": picture}


def plain(image: Image.Image, side: int) -> Image.Image:
    """Upright, at most about ``side`` pixels wide and high, eight bits a colour, in the colours that screens share."""
    profile = image.info.get("icc_profile")
    image = eight_bits(image)
    image.thumbnail((side, side))
    image = ImageOps.exif_transpose(image)
    if profile and image.mode in ("RGB", "RGBA", "CMYK"):
        image = in_shared_colours(image, profile)
    return image.convert("RGB") if image.mode == "CMYK" else image


def eight_bits(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")


def in_shared_colours(image: Image.Image, profile: bytes) -> Image.Image:
    """A profile that cannot be read is left out, as most programs do."""
    with suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
        mode = "RGB" if image.mode == "CMYK" else image.mode
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        changed = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
        return changed or image
    return image


def written(image: Image.Image, extension: str) -> bytes:
    image.info.clear()  # comments, places and profiles would be written again
    file, (kind, options) = BytesIO(), SETTINGS[extension]
    image.save(file, kind, exif=b"", **options)
    return file.getvalue()


if __name__ == "__main__":
    main()
