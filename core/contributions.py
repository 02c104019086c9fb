"""What the ground floor itself removes once it is old."""

from core import core_holdings, outbox
from core.branding import steps
from core.databases import statistics
from core.dead_addresses import notices as dead_addresses
from core.desk import layout as desk
from core.doctor import CHECKS, Check, contributed
from core.holdings import add_holdings
from core.notices import add_notice_kind
from core.tidying import TIDYINGS
from core.working_days.doctor import closed_days

steps.add_steps()
desk.lay_out()
add_holdings(core_holdings.HELD, order=90)
contributed.add_checks()
add_notice_kind(dead_addresses.KIND, order=90)
CHECKS.add("bank holidays", Check(closed_days), order=20)
TIDYINGS.add("events that were set aside", outbox.tidy)
TIDYINGS.add("statistics of the database", statistics.renew, order=100)
