"""Photographs that stand on pages and in lists, for those who may see them; everybody else is shown the drawing."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.contrib.auth.models import AnonymousUser
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage, SourceImageIOError

from core.audiences import Viewer, may_see

T = TypeVar("T")
IN_A_LIST = "fill-960x640|format-webp"
COVER = "fill-1600x440|format-webp"
ON_ITS_PAGE = "max-1200x1200|format-webp"


@dataclass(frozen=True, slots=True)
class Photograph:
    """One size of an uploaded picture, as a template shows it."""

    url: str
    width: int
    height: int
    alt: str


def with_photographs(things: Iterable[T], viewer: Viewer, size: str = IN_A_LIST) -> list[T]:
    """``things``, each with the ``photograph`` of its ``picture`` that ``viewer`` may see, or None.

    Two queries however many they are, and none where no thing has a picture.
    """
    listed = list(things)
    wanted = {pk for thing in listed if (pk := getattr(thing, "picture_id", None))}
    seen = get_image_model().objects.filter(pk__in=wanted).visible_to(viewer)
    images = seen.prefetch_renditions(size) if wanted else ()
    photographs = {image.pk: _photograph(image, size) for image in images}
    for thing in listed:
        thing.photograph = photographs.get(getattr(thing, "picture_id", None))  # type: ignore[attr-defined]  # for templates
    return listed


def photograph_of(thing: object, viewer: Viewer, size: str) -> Photograph | None:
    """The photograph of one thing."""
    found: Photograph | None = getattr(with_photographs([thing], viewer, size)[0], "photograph", None)
    return found


def open_photograph(image: AbstractImage | None, size: str) -> Photograph | None:
    """The photograph of a picture that stands where everybody sees it: None once it is open to fewer."""
    is_open = image is not None and may_see(AnonymousUser(), image)
    return _photograph(image, size) if is_open else None


def _photograph(image: AbstractImage, size: str) -> Photograph | None:
    """None where its file is lost or cannot be read: a list is shown all the same."""
    try:
        rendition = image.get_rendition(size)
    except (SourceImageIOError, OSError):
        return None
    return Photograph(rendition.url, rendition.width, rendition.height, image.default_alt_text)
