"""What the ways in give to the rooms below."""

from accounts import doctor, first_steps, security_notices
from accounts.from_file import services as from_file
from accounts.invitations import contributed as invitations
from accounts.leaving import contributed as leaving
from accounts.overview import own_lines
from accounts.overview.lines import LINES
from accounts.personal_data import holdings, notices, services as held
from accounts.scim import group_membership, holdings as directories
from accounts.sessions import services as sessions
from core.doctor import CHECKS, Check
from core.holdings import add_holdings
from core.notices import add_notice_kind
from core.outbox import Consumer, add_consumer
from core.tidying import TIDYINGS

first_steps.add_steps()
CHECKS.add("sign-on", Check(doctor.sign_on, needs_database=False), order=35)
invitations.contribute()
leaving.contribute()
add_holdings(holdings.HELD, order=15)
add_holdings(directories.HELD, order=15)
TIDYINGS.add("copies of what is held", held.forget)
TIDYINGS.add("files of people", from_file.forget_files)
for kind in notices.KINDS:
    add_notice_kind(kind)
LINES.add("held", own_lines.held, order=60)
security_notices.contribute()
add_consumer(
    Consumer("groups of directories", {group_membership.CHANGED}, group_membership.settle_all, batch=50, coalesces=True)
)
TIDYINGS.add("sessions that are over", sessions.forget_old)
LINES.add("address", own_lines.address, order=10)
LINES.add("password", own_lines.password, order=20)
LINES.add("second factor", own_lines.second_factor, order=30)
LINES.add("single sign-on", own_lines.sign_on, order=40)
LINES.add("sessions", own_lines.sessions, order=50)
