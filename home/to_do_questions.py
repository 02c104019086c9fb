"""What waits for a reader of the front page because somebody asked a community something."""

from django.db.models import Count, Window
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from conversations.choices import Clock, Reached
from conversations.models import Promise
from conversations.promise.wording import by_when
from conversations.querysets import PromiseQuerySet
from home.to_do import AskedOfYou

SHOWN = 3


def questions_of(promises: PromiseQuerySet) -> list[AskedOfYou]:
    """Those that are somebody's to answer by now."""
    rows = list(promises.select_related("conversation__community").annotate(of_all=Window(Count("pk")))[:SHOWN])
    asked = [_question(each) for each in rows]
    if rows and (more := rows[0].of_all - SHOWN) > 0:
        words = ngettext("One more question waits", "%(n)d more questions wait", more) % {"n": more}
        asked.append(AskedOfYou(words, "", _("See them all"), f"{reverse('conversations:everywhere')}?only=open"))
    return asked


def _question(promise: Promise) -> AskedOfYou:
    conversation, clock = promise.conversation, _clock(promise)
    by = promise.acknowledge_by if clock == Clock.ACKNOWLEDGE else promise.answer_by
    said = {"community": conversation.community, "by": by_when(by) if by else ""}
    late = promise.reached(clock, timezone.now()) == Reached.LATE
    words = {
        (Clock.ACKNOWLEDGE, False): _("%(community)s is to say a first word %(by)s."),
        (Clock.ACKNOWLEDGE, True): _("Late: %(community)s was to say a first word %(by)s."),
        (Clock.ANSWER, False): _("%(community)s is to answer %(by)s."),
        (Clock.ANSWER, True): _("Late: %(community)s was to answer %(by)s."),
    }
    return AskedOfYou(conversation.title, words[clock, late] % said, _("Answer"), conversation.url)


def _clock(promise: Promise) -> Clock:
    """The one that runs first."""
    return Clock.ACKNOWLEDGE if promise.acknowledged is None else Clock.ANSWER


def asked_back(promises: PromiseQuerySet) -> list[AskedOfYou]:
    """Somebody's own questions that wait for a word of theirs."""
    rows = promises.select_related("conversation", "waiting_by")[:SHOWN]
    return [
        AskedOfYou(
            _("%(who)s asks you back") % {"who": each.waiting_by or _("Somebody")},
            _("“%(title)s” waits for your word.") % {"title": each.conversation.title},
            _("Answer"),
            each.conversation.new_url,
        )
        for each in rows
    ]
