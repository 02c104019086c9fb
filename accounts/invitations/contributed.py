"""What invitations and stays give to other rooms."""

from django.utils.translation import gettext_lazy as _

from accounts.invitations import listings, mail, notices, services
from accounts.invitations.answering import admission_by_invitation
from accounts.sign_on.admission import ADMISSIONS
from accounts.stays import notices as stay_notices, services as stays
from accounts.stays.handover import ANSWERED_FOR
from core.logs import SECRET_ADDRESSES, SecretAddress
from core.notices import add_notice_kind
from core.outbox import Consumer, add_consumer
from core.sections import Section, add_section
from core.tidying import TIDYINGS
from people.handover import HANDOVERS

INVITE_OUTSIDE = "accounts/invite_outside.html"
OF_COMMUNITY = "accounts/invitations_of_community.html"


def contribute() -> None:
    add_consumer(Consumer("invited addresses", {services.ASKED}, mail.look_up))
    add_consumer(Consumer("e-mails that invite", {services.LINK_DUE}, mail.send_links, attempts=12))
    invited = Section("members of a community", "invitations", _("Invited"), OF_COMMUNITY, listings.invitations_of)
    add_section(invited, order=10)
    add_section(
        Section("who invites into a community", "invitations", _("Invite"), INVITE_OUTSIDE, listings.inviting), order=10
    )
    ADMISSIONS.add("invitations", admission_by_invitation)
    SECRET_ADDRESSES.add("an invitation", SecretAddress("/account/invitation/"))
    TIDYINGS.add("invitations that are long over", services.forget_old)
    TIDYINGS.add("stays to be looked at again", stays.ask_for_reviews)
    HANDOVERS.add("people from outside", ANSWERED_FOR, order=25)
    add_notice_kind(notices.KIND)
    add_notice_kind(stay_notices.KIND)
