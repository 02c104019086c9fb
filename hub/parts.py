"""The parts of the design system on one page, each with a sample: what every page here is set from."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from hub.templatetags.art import art_url

HERE = "#parts"


@dataclass(frozen=True)
class Person:
    """A person of the sample, in the shape of people.models.User."""

    name: str
    role: str
    organisation: str = ""
    portrait_url: str = ""

    def get_absolute_url(self) -> str:
        return HERE


@dataclass(frozen=True)
class Community:
    title: str
    summary: str
    emblem_url: str
    stage: str
    stage_words: str
    audience: str = "everyone"
    url: str = HERE

    def get_stage_display(self) -> str:
        return self.stage_words


@dataclass(frozen=True)
class Story:
    title: str
    summary: str
    picture_url: str
    picture_alt: str
    community: str
    told_on: date
    reading_minutes: int = 4
    byline: str = ""
    url: str = HERE


@dataclass(frozen=True)
class Session:
    pk: int
    title: str
    summary: str
    starts: datetime
    ends: datetime
    place: str
    mentors: list[str]
    for_whom: str = "Staff and residents"
    capacity: int | None = None
    taken: int = 0
    status: str = "scheduled"
    moved_from: datetime | None = None
    is_online: bool = False
    note: str = ""
    url: str = HERE
    ics_url: str = HERE

    def get_for_whom_display(self) -> str:
        return self.for_whom


@dataclass(frozen=True)
class Guidance:
    title: str
    community: str
    checked_by: str
    checked_on: date
    due_on: date
    is_overdue: bool = False
    summary: str = ""
    url: str = HERE


@dataclass(frozen=True)
class Reading:
    label: str
    value: float
    note: str = ""


@dataclass(frozen=True)
class Hit:
    kind: str
    kind_label: str
    title: str
    snippet: str
    audience: str = "everyone"
    meta: str = ""
    url: str = HERE


@dataclass(frozen=True)
class Day:
    date: date
    count: int
    is_today: bool = False
    is_past: bool = False
    url: str = field(default=HERE)


class SurgeryForm(forms.Form):
    """A form with one of each kind of field."""

    subject = forms.CharField(
        label=_("What is your surgery about?"),
        help_text=_("As you’d say it on the doorstep. “Old boilers”, not “energy efficiency measures”."),
    )
    day = forms.DateField(
        label=_("Which day?"), error_messages={"invalid": _("Choose a day that is still to come.")}
    )
    place = forms.ChoiceField(
        label=_("Where?"), choices=[("library", "Harrowby Library, upstairs"), ("online", "Online")]
    )
    for_whom = forms.ChoiceField(
        label=_("Who is it for?"),
        widget=forms.RadioSelect,
        choices=[("both", "Staff and residents"), ("inside", "Staff"), ("outside", "Residents")],
    )
    walk_in = forms.BooleanField(label=_("People can just walk in"), required=False)
    words = forms.CharField(label=_("Anything else?"), widget=forms.Textarea(attrs={"rows": 3}), required=False)


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def _people() -> list[Person]:
    rows = [
        ("Mei-Lin Cho", "Occupational therapist", "Digital Mentors", "mei-lin-cho"),
        ("Delroy James", "Keeps count for Winter Warmth", "Finance", "delroy-james"),
        ("Gwen Prosser", "Walks newcomers round", "", "gwen-prosser"),
        ("Joanne Pickles", "Resident, Ullsby", "", ""),
        ("Zoë Wójcik-Llŷr", "Translator", "Customer services", "zoe-wojcik"),
    ]
    return [
        Person(name, role, body, art_url("portrait", seed) if seed else "") for name, role, body, seed in rows
    ]


def _communities() -> list[Community]:
    return [
        Community(
            "Foster Care Together",
            "Carers, former foster children and social workers who make sure that nobody fosters alone.",
            art_url("emblem", "foster-care-together"),
            "active",
            "Active",
        ),
        Community(
            "Benefits First Visit",
            "What happens on the doorstep decides what happens after.",
            art_url("emblem", "benefits-first-visit"),
            "pilot",
            "Pilot",
            "organisation",
        ),
        Community(
            "Parks at Dusk",
            "Paths that people use after dark, lit where they walk.",
            art_url("emblem", "parks-at-dusk"),
            "paused",
            "Paused",
            "members",
        ),
    ]


def _stories() -> list[Story]:
    rows = [
        ("Nineteen carers, one kitchen table", "The first evening was booked for six.", "kitchen-table", "table"),
        ("The lane that was mended once", "One drain, and no repeat visit in fourteen months.", "harrow-lane", "lane"),
        ("Home through the park again", "Night-shift nurses drew the route.", "lamps-on", "lamps"),
    ]
    return [
        Story(title, summary, art_url("story", seed), "", "Foster Care Together", date(2026, 3, 9 - n))
        for n, (title, summary, seed, _scene) in enumerate(rows)
    ]


def _sessions(today: date) -> list[Session]:
    now = timezone.now()
    later = today + timedelta(days=1)
    return [
        Session(
            1,
            "Potholes & Pavements at the depot",
            "Show us the photo, we’ll tell you what happens next and when.",
            now - timedelta(hours=1),
            now + timedelta(hours=1),
            "Thorne Road depot",
            ["Tom Braithwaite"],
        ),
        Session(
            2,
            "Will my house be warm next winter?",
            "Grants, draughts and old boilers. Bring a bill if you have one.",
            _at(later, 17, 30),
            _at(later, 19),
            "Low Sallow village hall",
            ["Delroy James", "Mei-Lin Cho"],
            for_whom="Residents",
            capacity=12,
            taken=7,
        ),
        Session(
            3,
            "First benefits visit: rehearse it",
            "Try the doorstep conversation on someone who has done four hundred.",
            _at(later, 10),
            _at(later, 11),
            "",
            ["Idris Rahman"],
            for_whom="Staff",
            capacity=6,
            taken=6,
            is_online=True,
            moved_from=_at(later, 9, 30),
            note="Starts half an hour later",
        ),
        Session(
            4,
            "Walk the park with us",
            "Kelder Green at the time the lamps come on.",
            _at(later, 15),
            _at(later, 16, 30),
            "Kelder Green, south gate",
            ["Yusuf Demir"],
            status="cancelled",
        ),
    ]


def _guidance() -> list[Guidance]:
    checked, due = date(2026, 3, 2), date(2026, 9, 2)
    return [
        Guidance("When family step in: your first fortnight", "Foster Care Together", "Comfort Asante", checked, due),
        Guidance("Reporting a blocked culvert", "Potholes & Pavements", "Tom Braithwaite", checked, checked, True),
    ]


def _hits() -> list[Hit]:
    welcome = mark_safe("Bring nothing but your questions; <mark>grandparents</mark> very welcome.")  # noqa: S308
    return [
        Hit("surgery", "Surgery", "Kinship and foster carers’ drop-in", welcome, meta="Thursday 12:30, Harrowby Library"),
        Hit("document", "Document", "Special guardianship: money and the law", "PDF, 220 KB.", audience="organisation"),
    ]


def _week(today: date) -> list[Day]:
    monday = today - timedelta(days=today.weekday())
    days = [monday + timedelta(days=n) for n in range(7)]
    return [Day(day, count, day == today, day < today) for day, count in zip(days, (2, 3, 1, 3, 2, 1, 0), strict=True)]


def samples() -> dict[str, Any]:
    """One of everything that a component can show."""
    today = timezone.localdate()
    people, communities, sessions = _people(), _communities(), _sessions(today)
    return {
        "people": people,
        "communities": communities,
        "stories": _stories(),
        "sessions": sessions,
        "guidance": _guidance(),
        "hits": _hits(),
        "week": _week(today),
        "form": SurgeryForm(),
        "sent_back": SurgeryForm({"subject": "Old boilers", "day": "the second", "place": "library"}, prefix="back"),
        "page": Paginator(range(90), 10).page(4),
        "asked": [
            {
                "title": "Callum asks about respite",
                "text": "You answered one very like it in May.",
                "url": HERE,
                "due": _at(today, 15),
                "action": "Answer",
            },
            {
                "title": "Should Benefits First Visit become permanent?",
                "text": "9 of 12 members have answered.",
                "url": HERE,
                "due": _at(today + timedelta(days=5), 12),
                "action": "Have your say",
            },
        ],
        "trail": [{"title": "Today", "url": "/"}, {"title": "Communities", "url": HERE}],
        "tabs": [
            {"title": "Conversation", "url": HERE, "current": True, "count": None},
            {"title": "Stories", "url": HERE, "count": 7},
            {"title": "Members", "url": HERE, "count": 14},
        ],
        "picks": [
            {"title": "Everyone", "url": HERE, "current": True, "count": 13},
            {"title": "Staff", "url": HERE, "count": 9},
        ],
        "topics": [{"title": title, "url": HERE} for title in ("kinship care", "school transport", "allowances")],
        "mandate": [
            {"term": "Decided by", "text": "Cabinet, Withermere Council"},
            {"term": "Reference", "text": "CAB/25/067", "url": HERE},
            {"term": "Looked at again", "text": "19 May 2026, in ten weeks"},
        ],
        "grants": [
            {"what": "Spend", "how_far": "£18,400 a year", "until": date(2027, 3, 31), "reference": "FIN/26/118"},
            {"what": "Speak", "how_far": "Straight to Cabinet, twice a year", "until": "Standing", "reference": "CAB/26/041"},
        ],
        "refused": [{"what": "Approve", "how_far": "The law gives that to the panel.", "reference": "CAB/26/052"}],
        "readings": [
            Reading("2022", 71, "17 of 24"),
            Reading("2023", 68, "17 of 25"),
            Reading("2024", 74, "17 of 23"),
            Reading("2025", 81, "21 of 26"),
        ],
        "columns": [{"title": "Community"}, {"title": "Reports", "numeric": True}, {"title": "On time", "numeric": True}],
        "rows": [["Potholes & Pavements", "431", "412"], ["Parks at Dusk", "38", "38"]],
        "said": [
            {
                "said": "Carers find out about training the week after it happened.",
                "did": "Dates now go out six weeks ahead.",
                "detail": "Agreed by Children’s Services on 3 March, ref. CS/26/014.",
            }
        ],
        "facets": [
            {
                "legend": "Kind",
                "name": "kind",
                "choices": [
                    {"value": "person", "label": "People", "count": 6, "checked": True},
                    {"value": "story", "label": "Stories", "count": 2},
                ],
            }
        ],
        "reasons": ["Answered 31 questions on kinship care", "Wrote “When family step in”"],
        "passage": mark_safe("You are a <mark>kinship carer</mark> from the first night."),  # noqa: S308
        "ways": [{"title": "Meet Gwen on Monday", "url": HERE}, {"title": "Look round first", "url": HERE}],
        "icons": (
            "active archived arrow asset back bell calendar clock closed community conversation copy cross document door"
            " download edit everyone filter grant guidance info link lock mail measure members menu online organisation"
            " paused people person phone pilot place plus proposed question search seat session sign-in sign-out story"
            " surgery thanks tick topic up warning"
        ).split(),
    }


@require_safe
def parts(request: HttpRequest) -> HttpResponse:
    """The page of parts."""
    return render(request, "hub/parts.html", samples())
