"""What notifications give to the rooms below: somebody who consumes every event that a notice tells of."""

from django.utils.translation import gettext_lazy as _

from core.holdings import add_holdings
from core.languages import CHOSEN
from core.logs import SECRET_ADDRESSES, SecretAddress
from core.notices import GETS_MAIL, EventsWithNotices
from core.outbox import Consumer, add_consumer
from core.periodic import PERIODIC
from core.sections import Section, add_section
from core.tidying import TIDYINGS
from notifications import holdings, listings
from notifications.mail import due, retention, writing
from notifications.receiving import receive, tell_later
from notifications.retention import tidy

add_holdings(holdings.HELD, order=60)

# Twenty at once: they are one transaction, and on SQLite whoever writes waits for it.
add_consumer(Consumer("notices", EventsWithNotices(), receive, batch=20, attempts=12))
PLACE, TEMPLATE = "for members of a community", "notifications/level_section.html"
add_section(Section(PLACE, "hear", _("You hear of"), TEMPLATE, listings.level_beside), order=10)
TIDYINGS.add("what happened long ago", tidy)
add_consumer(
    Consumer(writing.CONSUMER, {writing.DUE}, writing.write, batch=20, coalesces=True, priority=-40, attempts=12)
)
CHOSEN.add("preferences", listings.language_chosen_by)
GETS_MAIL.add("preferences", listings.gets_mail)
PERIODIC.add("notices of what waits for somebody who is away", tell_later)
PERIODIC.add("e-mails to people", due.ask_for_mail)
TIDYINGS.add("e-mails that were sent", retention.tidy)
SECRET_ADDRESSES.add("end of e-mails", SecretAddress("/inbox/mail/stop/"))
