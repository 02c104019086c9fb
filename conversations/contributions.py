"""What conversations give to the rooms below."""

from django.utils.translation import gettext_lazy as _

from accounts.invitations.targets import INTO, Into
from accounts.overview.lines import LINES
from communities.rights import belongs_by
from conversations import guest_tokens as tokens, holdings, interests, listings, notices
from conversations.attachments import holdings as attachment_holdings, reading, services as attachments
from conversations.delegates import (
    holdings as delegate_holdings,
    notices as delegate_notices,
    services as delegates,
)
from conversations.delegates.handover import DELEGATIONS
from conversations.delegates.listings import delegates_line
from conversations.form_titles import title_at
from conversations.guests import holdings as guest_holdings, notices as guest_notices, services as guests
from conversations.guests.handover import ANSWERED_FOR
from conversations.mail import doctor as mail_doctor, holdings as mail_holdings, letters, notices as mail_notices
from conversations.mail.addresses import reply_address
from conversations.mail.listings import by_mail_line
from conversations.mail.services import tidy as tidy_mails
from conversations.mentions import holdings as mention_holdings, notices as mention_notices
from conversations.mentions.showing import with_names
from conversations.models import Case, Conversation, Guest, Post, posts_of, talk_of
from conversations.moderation import holdings as moderation_holdings, notices as moderation_notices, record
from conversations.moving import notices as moving_notices
from conversations.moving.follow import MERGED, MOVED, SPLIT
from conversations.outcomes import holdings as outcome_holdings, notices as outcome_notices
from conversations.outcomes.services import remind
from conversations.polls.services import close_due
from conversations.promise import notices as promise_notices, reminders
from conversations.promise.handover import KEPT_PROMISES
from conversations.promise.progress import follow, follow_both
from conversations.search_documents import ConversationSource
from conversations.services.removing import PUT_BACK, REMOVED
from conversations.side_effects import AFTERWARDS
from conversations.topics.listings import conversations_about
from conversations.topics.services import follow_split
from core.audiences import TOKEN_SOURCES, widen
from core.doctor import CHECKS, Check
from core.holdings import add_holdings
from core.kept_forms import TITLES
from core.links import LOOKED_UP
from core.notices import REPLY_ADDRESSES, add_notice_kind
from core.outbox import Consumer, add_consumer
from core.periodic import PERIODIC
from core.sections import Section, add_section
from core.tidying import TIDYINGS
from indexing.documents import add_source
from people.handover import HANDOVERS
from reading.interests import add_reason

add_holdings(holdings.HELD, order=35)
add_holdings(moderation_holdings.HELD, order=36)
add_holdings(outcome_holdings.HELD, order=37)
add_holdings(mention_holdings.HELD, order=38)
LOOKED_UP.add("names in posts", with_names)
TITLES.add("conversations", title_at)
belongs_by(Post, "conversation__community")
belongs_by(Case, "post__conversation__community")
REMOVED.add("cases", record.removed)
PUT_BACK.add("cases", record.put_back)
add_source(ConversationSource())
add_section(
    Section(
        "community",
        "conversations",
        _("Conversations"),
        "conversations/of_community.html",
        listings.conversations_of_community,
        depends_on=lambda community: talk_of(community.pk),
        shows=lambda community: posts_of(community.pk),
    ),
    order=10,
)
add_section(
    Section("topic", "conversations", _("Conversations"), "conversations/topics/of_topic.html", conversations_about),
    order=50,
)
add_reason("answered", _("Because you answered “%(title)s”"), interests.questions_answered_by, order=15, is_work=True)
add_reason("asked", _("Because you asked “%(title)s”"), interests.asked_by, order=25)
for number, kind in enumerate(notices.KINDS):
    add_notice_kind(kind, order=30 + number)
for number, kind in enumerate(moderation_notices.KINDS):
    add_notice_kind(kind, order=60 + number)
for number, kind in enumerate(promise_notices.KINDS):
    add_notice_kind(kind, order=50 + number)
AFTERWARDS.add("the promise", follow)
MOVED.add("guests", guests.follow_posts)
MERGED.add("guests", guests.follow_posts)
MOVED.add("the promise", lambda conversation, _before: follow(conversation))
SPLIT.add("topics", follow_split)
SPLIT.add("the promises", follow_both)
MERGED.add("the promises", follow_both)
PERIODIC.add("questions that wait", reminders.remind)
PERIODIC.add("who keeps the promise", reminders.see_to_keepers)
for number, kind in enumerate(moving_notices.KINDS):
    add_notice_kind(kind, order=70 + number)
for number, kind in enumerate(outcome_notices.KINDS):
    add_notice_kind(kind, order=80 + number)
for number, kind in enumerate(mention_notices.KINDS):
    add_notice_kind(kind, order=40 + number)
PERIODIC.add("polls that have had their last day", close_due)
PERIODIC.add("consultations that owe an outcome", remind)
add_holdings(mail_holdings.HELD, order=38)
for number, kind in enumerate(mail_notices.KINDS):
    add_notice_kind(kind, order=90 + number)
REPLY_ADDRESSES.add("conversations", reply_address)
add_consumer(Consumer("letters about e-mails", {mail_notices.LETTER}, letters.send, attempts=12))
TIDYINGS.add("answers by e-mail", tidy_mails)
LINES.add("answers by e-mail", by_mail_line, order=65)
CHECKS.add("answers by e-mail", Check(mail_doctor.answers_by_mail, needs_database=False), order=36)
add_holdings(attachment_holdings.HELD, order=35)
add_consumer(Consumer(reading.READER, {reading.ATTACHED}, reading.read_waiting, coalesces=True, priority=-50))
TIDYINGS.add("files that were not sent", attachments.tidy)
add_holdings(guest_holdings.HELD, order=38)
belongs_by(Guest, "community")
TOKEN_SOURCES.add("conversations as a guest", tokens.tokens_of_guest)
widen(Conversation._meta.label, "guests", tokens.FOR_GUESTS)
INTO.add(Conversation._meta.label_lower, Into(guests.may_invite_to, guests.goal))
add_consumer(Consumer("guests of conversations", {guests.ASKED}, guests.look_up))
HANDOVERS.add("guests of conversations", ANSWERED_FOR, order=26)
TIDYINGS.add("guests to be looked at again", guests.ask_sponsors)
TIDYINGS.add("guests who are long gone", guests.forget_old)
for number, kind in enumerate(guest_notices.KINDS):
    add_notice_kind(kind, order=90 + number)
add_holdings(delegate_holdings.HELD, order=38)
HANDOVERS.add("delegates", DELEGATIONS, order=50)
HANDOVERS.add("kept promises", KEPT_PROMISES, order=28)
LINES.add("delegates", delegates_line, order=65)
PERIODIC.add("delegations that end soon", delegates.remind)
TIDYINGS.add("delegations that ended long ago", delegates.forget_old)
for number, kind in enumerate(delegate_notices.KINDS):
    add_notice_kind(kind, order=95 + number)
