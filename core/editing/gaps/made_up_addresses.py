"""Addresses of choosers that somebody made up: 404 instead of an error."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.views.generic import View
from wagtail.admin.views.generic.chooser import (
    ChosenMultipleViewMixin,
    ChosenViewMixin,
    CreateViewMixin,
)
from wagtail.documents.views.chooser import DocumentChosenView
from wagtail.images.views.chooser import ImageChosenView, ImageSelectFormatView

from core.editing.access import MOST_DIGITS
from core.editing.gaps.replacing import closes


@closes((ChosenViewMixin, "get_object"))
def only_numbers(theirs: Callable[..., Any], view: ChosenViewMixin, pk: str) -> Any:
    """Choosers take any text for a key."""
    try:
        return theirs(view, pk)
    except (ValueError, OverflowError) as error:
        raise Http404 from error


@closes((ImageChosenView, "get_object"), (ImageSelectFormatView, "get_object"), (DocumentChosenView, "get_object"))
def only_what_they_may_choose(theirs: Callable[..., Any], view: View, pk: str) -> Any:
    """A refusal would say that there is something."""
    try:
        return theirs(view, pk)
    except PermissionDenied as error:
        raise Http404 from error


@closes((ChosenMultipleViewMixin, "get_objects"))
def only_numbers_of_many(theirs: Callable[..., Any], view: ChosenMultipleViewMixin, pks: Iterable[str]) -> Any:
    """The same, for several at once."""
    return theirs(view, [pk for pk in pks if pk.isascii() and pk.isdigit() and len(pk) < MOST_DIGITS])


@closes((CreateViewMixin, "dispatch"))
def only_what_can_be_made(theirs: Callable[..., Any], view: CreateViewMixin, *args: object, **kwargs: object) -> Any:
    """Choosers have an address for making a thing, also where it cannot be made there."""
    if not view.get_creation_form_class():
        raise Http404
    return theirs(view, *args, **kwargs)
