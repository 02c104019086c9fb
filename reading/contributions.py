"""What somebody keeps, given to the rooms below, and what interests them because of it."""

from django.utils.translation import gettext_lazy as _

from core.holdings import add_holdings
from core.logs import SECRET_ADDRESSES, SecretAddress
from core.notices import add_notice_kind
from core.outbox import Consumer, add_consumer
from core.periodic import PERIODIC
from core.sections import Section, add_section
from core.tidying import TIDYINGS
from indexing.engines.base import EngineUnavailable
from reading import background, holdings, own_interests, services
from reading.interests import add_reason
from reading.searches import notices, rounds
from reading.searches.listings import with_the_results
from reading.searches.services import forget_removed

add_holdings(holdings.HELD, order=30)

add_section(
    Section("search results", "saved search", _("Save this search"), "reading/save_search.html", with_the_results),
    order=10,
)
add_reason("saved", _("Because you saved “%(title)s”"), own_interests.saved_by, order=50)
add_reason("read", _("Because you read “%(title)s”"), own_interests.read_by, order=60)
SECRET_ADDRESSES.add("feeds", SecretAddress("/reading/searches/", known=r"\d+|save"))
PERIODIC.add("news of saved searches", rounds.begin)
TIDYINGS.add("what was read and put aside", services.tidy)
TIDYINGS.add("removed searches", forget_removed)
add_consumer(
    Consumer(
        background.FOR_YOU,
        {services.PICKS_WANTED},
        background.find_wanted,
        coalesces=True,
        priority=-50,  # what changes who may find something comes first
        unavailable=(EngineUnavailable,),
    )
)
add_consumer(
    Consumer(
        rounds.NEWS,
        {rounds.NEWS_DUE},
        rounds.look,
        coalesces=True,
        priority=-50,
        attempts=12,
        unavailable=(EngineUnavailable,),
    )
)
add_notice_kind(notices.KIND, order=60)
