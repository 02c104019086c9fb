"""The feed of a saved search. A feed reader cannot sign in, so the address itself is the secret."""

from datetime import datetime, time

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.branding import branding
from core.secret_urls import number_of
from core.text import printable
from indexing.engines.base import EngineUnavailable, IndexedDocument
from reading.models import FEED, SavedSearch
from reading.searches import listings, news
from search.lookup import still_visible
from search.presentation import source_of_kind

ENTRIES = 50


class SavedSearchFeed(Feed[IndexedDocument, SavedSearch]):
    """What a saved search finds for its owner now: what they have not seen first, then by date."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: object, **kwargs: str) -> SavedSearch:
        """The search with this key, of an owner who is here."""
        kept = SavedSearch.objects.select_related("owner").filter(removed=None, owner__is_active=True)
        return get_object_or_404(kept, feed_number=number_of(kwargs["key"], FEED))

    def title(self, mine: SavedSearch) -> str:
        communities = listings.community_titles([mine.query], mine.owner)
        named = {"search": listings.title(mine.query, communities), "hub": branding().name}
        return printable(_("%(search)s – %(hub)s") % named)

    def link(self, mine: SavedSearch) -> str:
        return listings.address(mine.query)

    def feed_url(self, mine: SavedSearch) -> str:
        return listings.feed(mine)

    def author_name(self, mine: SavedSearch) -> str:
        return branding().body

    def items(self, mine: SavedSearch) -> list[IndexedDocument]:
        found = news.found_by(mine, mine.owner)
        self.saved, self.unseen = mine.saved, {stored.key for stored in found.new}
        latest = sorted(found.hits, key=self.newest_first)[:ENTRIES]
        return list(still_visible(news.answering(mine.query.text, latest), mine.owner))

    def newest_first(self, stored: IndexedDocument) -> tuple[bool, int]:
        return stored.key not in self.unseen, -stored.date.toordinal() if stored.date else 0

    def item_title(self, stored: IndexedDocument) -> str:
        return printable(stored.title)

    def item_description(self, stored: IndexedDocument) -> str:
        return escape(printable(stored.summary))

    def item_link(self, stored: IndexedDocument) -> str:
        return stored.url

    def item_categories(self, stored: IndexedDocument) -> list[str]:
        source = source_of_kind(stored.kind)
        return [str(source.label_one or source.label) if source else stored.kind]

    def item_updateddate(self, stored: IndexedDocument) -> datetime:
        """The day that it names, where that is past: nothing was changed in the future."""
        if stored.date is None or stored.date > timezone.localdate():
            return self.saved
        return timezone.make_aware(datetime.combine(stored.date, time()))


@require_safe
def feed(request: HttpRequest, key: str) -> HttpResponse:
    """The feed at a secret address: for nobody's cache and no search engine."""
    try:
        response = SavedSearchFeed()(request, key=key)
    except EngineUnavailable:
        said = _("Search is being repaired. Ask again later.")
        response = HttpResponse(
            said, status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": 900}
        )
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
