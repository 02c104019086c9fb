"""What is one's own alone: it is handed over to nobody, and nobody else sees it."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _, ngettext

from people.handover import Handover, LookedAfter
from people.models import User
from reading.models import Saved, SavedSearch


def saved(person: User) -> Iterator[LookedAfter]:
    """How much they put aside, in two lines, for themselves."""
    pages = Saved.objects.filter(person=person).count()
    searches = SavedSearch.objects.filter(owner=person, removed=None).count()
    if pages:
        title = ngettext("%(count)d saved page", "%(count)d saved pages", pages) % {"count": pages}
        yield LookedAfter("reading.saved:0", None, title, reverse("reading:saved"))
    if searches:
        title = ngettext("%(count)d saved search", "%(count)d saved searches", searches) % {"count": searches}
        yield LookedAfter("reading.savedsearch:0", None, title, reverse("reading:searches"))


SAVED = Handover(
    label=_("What you saved"),
    rest=_("It is yours alone: nobody else sees it here. It rests with your account, and is there when you come back."),
    held=saved,
    icon="asset",
    private=True,
)
