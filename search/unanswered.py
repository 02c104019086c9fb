"""Searches without an answer that concern what somebody looks after, for their desk.

What was typed may hold a word that is private to others. A search is shown only where each of its words belongs to the
language, or stands in something that they may read; the report, for those who may read it, has all of them.
"""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _, ngettext

from core.audiences import Viewer, viewer_tokens
from core.desk.rows import PANELS, SHOWN, DeskLink, DeskRow, Panel
from core.registry import Registry
from indexing import engines, text_analysis
from indexing.engines.base import EngineUnavailable
from search.models import LoggedQuery
from search.query_log import unanswered
from search.reports import policy
from search.spelling import is_common
from search.synonyms import groups, others

LOOKED_AT = 300
CANDIDATES = 3 * SHOWN
SUBJECTS: Registry[Callable[[Viewer], Iterable[str]]] = Registry(
    "what somebody looks after, in words", taken_by="search"
)
"""Each gives names and topics."""


def on_the_desk(request: HttpRequest) -> dict[str, Any]:
    """A fixed number of queries. Whoever may read the report is shown what is asked most where nothing is theirs."""
    reads_all = policy.user_has_permission(request.user, "view")
    subjects = [text for given in SUBJECTS for text in given(request.user)]
    asked = near(subjects) or (unanswered() if reads_all else [])
    rows = [_row(each) for each in readable_by(request.user, asked[:CANDIDATES], subjects)[:SHOWN]]
    report = DeskLink(_("All searches without an answer"), reverse("search_unanswered"))
    return {"rows": rows, "all": [report] if reads_all and rows else []}


def near(subjects: Iterable[str]) -> list[LoggedQuery]:
    """Those that share a word with one of ``subjects``, or with an expression of the same meaning."""
    subjects = list(subjects)
    if not subjects:
        return []
    known = groups()
    stems = {stem for text in subjects for stem in _stems(f"{text} {others(text, known)}")}
    return [asked for asked in unanswered()[:LOOKED_AT] if not stems.isdisjoint(_stems(asked.text))]


def readable_by(person: Viewer, asked: Iterable[LoggedQuery], subjects: Iterable[str]) -> list[LoggedQuery]:
    """Those of ``asked`` that tell ``person`` no word of others."""
    asked = list(asked)
    own = {stem for text in subjects for stem in _stems(text)}
    doubtful = {
        word
        for each in asked
        for word in text_analysis.words(each.text)
        if word not in text_analysis.STOP_WORDS and text_analysis.stem(word) not in own and not is_common(word)
    }
    unknown = doubtful - known_to(person, doubtful)
    return [each for each in asked if unknown.isdisjoint(text_analysis.words(each.text))]


def known_to(person: Viewer, words: Iterable[str]) -> set[str]:
    """Which of ``words`` stand in titles, names, topics and summaries that they may read; none while search is away."""
    words = sorted(words)
    try:
        near_them = engines.engine().words_near(words, viewer_tokens(person)) if words else {}
    except EngineUnavailable:
        return set()
    return {word for word in words if word in near_them.get(word, {})}


def _stems(text: str) -> set[str]:
    words = text_analysis.words(text)
    return {text_analysis.stem(word) for word in words if word not in text_analysis.STOP_WORDS}


def _row(asked: LoggedQuery) -> DeskRow:
    times = ngettext("Asked once", "Asked %(n)d times", asked.times) % {"n": asked.times}
    return DeskRow(asked.text, f"{reverse('search:results')}?{urlencode({'q': asked.text})}", text=times)


def lay_out() -> None:
    """Put them on the desk."""
    PANELS.add(
        "searches",
        Panel(
            "searches",
            _("Searches without an answer"),
            on_the_desk,
            empty=_("Nothing that people looked for in vain is about what you look after."),
        ),
        order=40,
    )
