"""Who may see what: the one rule.

Everything that can be seen carries an *audience token*, and every viewer holds a set of tokens. A thing is visible
where its tokens meet the viewer's. Pages, lists, feeds, calendars, search, pictures and e-mail all ask this module, so
that a thing hidden in one place is hidden in all of them. There is no exception for anybody, the team that runs the hub
included: see ``docs/decisions/0003-one-rule-for-who-may-see.md``.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, ClassVar, Protocol, TypeVar

from django.db import models, transaction
from django.db.models import Q
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _

from core import versions
from core.alters_data import alters_data
from core.registry import Registry
from core.versions import Versioned

M = TypeVar("M", bound=models.Model)
EVERYONE = "everyone"
ORGANISATION = "organisation"
NOBODY = "nobody"  # a thing for a community's members that has no community yet


class Audience(models.TextChoices):
    """What an editor chooses from."""

    EVERYONE = "everyone", _("Everyone")
    ORGANISATION = "organisation", _("The organisation")
    MEMBERS = "members", _("Members only")


def community_token(pk: int) -> str:
    """The token that the members of one community hold."""
    return f"community:{pk}"


def community_pks(tokens: Iterable[str]) -> list[int]:
    """The communities whose members hold one of ``tokens``."""
    return [int(token.partition(":")[2]) for token in tokens if token.startswith("community:")]


def person_token(pk: int) -> str:
    """The token that one person holds: it opens what is theirs alone."""
    return f"person:{pk}"


def is_personal(token: str) -> bool:
    """Whether one person alone holds ``token``."""
    return token.startswith("person:")


def evidence_token(token: str) -> str:
    """Of a document that speaks for people and is no result: whoever asks who knows holds one for each of theirs."""
    return f"evidence:{token}"


def narrowest(*tokens: str) -> str:
    """The most private of ``tokens``: what is inside a private thing is never more public than the thing itself."""
    return max(tokens, key=_privacy)


def _privacy(token: str) -> int:
    return {EVERYONE: 0, ORGANISATION: 1, NOBODY: 3}.get(token, 2)


# -- the viewer --------------------------------------------------------------------------------------------------------
class Viewer(Protocol):
    """Whoever looks at something: a person of a room above, or somebody who is not signed in."""

    @property
    def pk(self) -> Any: ...
    @property
    def is_authenticated(self) -> bool: ...
    @property
    def is_active(self) -> bool: ...
    @property
    def is_staff(self) -> bool: ...
    @property
    def is_superuser(self) -> bool: ...


class Person(Viewer, Protocol):
    """Somebody with an account, as rooms below that of people know them."""

    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str | None: ...
    def get_absolute_url(self) -> str: ...


TokenSource = Callable[[Any], Iterable[str]]
TOKEN_SOURCES: Registry[TokenSource] = Registry("sources of tokens", taken_by="core")
"""What gives the people who are signed in further tokens. Each gets the user."""


def viewer_tokens(viewer: Viewer) -> frozenset[str]:
    """The tokens that ``viewer`` holds, looked up once per user object (that is, once per request)."""
    if not viewer.is_authenticated or not viewer.is_active:
        return frozenset({EVERYONE})
    cached: frozenset[str] | None = viewer.__dict__.get("_audience_tokens")
    if cached is None:
        cached = general_tokens(viewer).union(*(source(viewer) for source in TOKEN_SOURCES))
        viewer.__dict__["_audience_tokens"] = cached
    return cached


def general_tokens(viewer: object) -> frozenset[str]:
    """What somebody with an account holds for where they belong, before they are a member of anything."""
    return frozenset({EVERYONE, ORGANISATION} if getattr(viewer, "is_insider", False) else {EVERYONE})


def forget_tokens(viewer: Viewer) -> None:
    """Look the viewer's tokens up again at the next question: call it after a membership changed."""
    viewer.__dict__.pop("_audience_tokens", None)


# -- the thing ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Widening:
    """Who else may see the things of one model, said twice: for the database, and for one thing at a time.

    ``rule`` gets the viewer and the viewer's tokens and returns a ``Q`` over the model; ``tokens`` gets a thing and
    returns the tokens that open it beside its own. Both must say the same. ``ahead`` is what ``tokens`` would look up
    for each thing, to be fetched for many at once.
    """

    rule: Callable[[Any, frozenset[str]], Q]
    tokens: Callable[[Any], Iterable[str]]
    ahead: "tuple[models.Prefetch[Any], ...]" = ()


WIDENINGS: Registry[tuple[str, Widening]] = Registry("who else may see a thing", taken_by="core")


def widen(model_label: str, name: str, widening: Widening) -> None:
    """Say who else may see the things of a model: members see those they share a community with."""
    WIDENINGS.add(f"{model_label}: {name}", (model_label, widening))


def widenings_of(model: type[models.Model]) -> list[Widening]:
    return [widening for label, widening in WIDENINGS if label == model._meta.label]


def tokens_of(thing: "Visible") -> frozenset[str]:
    """Every token that opens ``thing``: what search keeps with it."""
    wider = (widening.tokens(thing) for widening in widenings_of(thing._meta.model))
    return frozenset({thing.audience_token}.union(*wider))


def with_tokens(things: models.QuerySet[M]) -> models.QuerySet[M]:
    """The same things, so that ``tokens_of`` asks the database nothing more about any of them."""
    ahead = [lookup for widening in widenings_of(things.model) for lookup in widening.ahead]
    return things.prefetch_related(*ahead)


tokens_written = Signal()
"""The tokens of many things of one model were written at once: ``pks``. What takes its own from them follows."""


class AudienceQuerySet(models.QuerySet[Any]):
    """Things that have an audience.

    ``visible_to`` is the only rule for who may see a thing. Pages, lists, feeds, calendars, search and e-mail
    all ask it, so that a thing hidden in one place is hidden in all of them.
    """

    def _tokens_follow_from(self) -> frozenset[str]:
        """Nothing in a migration: its models are of another time, and know no rule."""
        return self.model.all_audience_follows_from() if issubclass(self.model, Visible) else frozenset()

    @alters_data
    @transaction.atomic
    def update(self, **values: object) -> int:
        """What is changed in bulk shows at once, too: no signal is sent for it. Tokens follow as in ``save()``. Where
        they are written here, what takes its own from them follows.
        """
        versions.rows_changed(self, values)
        if "audience_token" in values:
            changing = list(self.exclude(audience_token=values["audience_token"]).values_list("pk", flat=True))
            changed = super().update(**values)
            if changing:
                tokens_written.send(self.model, pks=changing)
            return changed
        if self._tokens_follow_from().isdisjoint(values):
            return super().update(**values)
        pks = list(self.values_list("pk", flat=True))
        changed = super().update(**values)
        self.model.follow_tokens(pks)
        return changed

    @alters_data
    @transaction.atomic
    def give_tokens(self, right: Mapping[Audience, str]) -> None:
        """Write the token that is right for each audience, where another one stands: one query where all are right."""
        wrong = reduce(or_, (Q(audience=audience) & ~Q(audience_token=token) for audience, token in right.items()))
        by_token: dict[str, list[int]] = defaultdict(list)
        for pk, audience in self.filter(wrong).values_list("pk", "audience"):
            by_token[right[Audience(audience)]].append(pk)
        for token, pks in by_token.items():
            self.model._default_manager.filter(pk__in=pks).update(audience_token=token)

    @alters_data
    def close_to_everybody(self) -> None:
        """What they stand in goes: they are for nobody until somebody chooses their readers anew."""
        self.update(audience=Audience.MEMBERS, audience_token=NOBODY)

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """The tokens follow as in ``save()``."""
        objs = list(objs)
        for thing in objs if self._tokens_follow_from() else ():
            thing.audience_token = thing.own_audience_token()
        return super().bulk_create(objs, *args, **kwargs)

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], *args: Any, **kwargs: Any) -> int:
        """The tokens follow as in ``save()``, and what takes them over follows too."""
        objs, fields = list(objs), list(fields)
        if self._tokens_follow_from().isdisjoint(fields):
            return super().bulk_update(objs, fields, *args, **kwargs)
        for thing in objs:
            thing.audience_token = thing.own_audience_token()
        changed = super().bulk_update(objs, {*fields, "audience_token"}, *args, **kwargs)
        tokens_written.send(self.model, pks=[thing.pk for thing in objs])
        return changed

    def visible_to(self, viewer: Viewer) -> "AudienceQuerySet":
        """Those that ``viewer`` may see."""
        return self.filter(self._rule(viewer))

    def visible_in_general_to(self, viewer: Viewer) -> "AudienceQuerySet":
        """Those that everybody may see who belongs where ``viewer`` belongs: without what is for the members of one
        community, or for one person. It is for figures about the whole hub, which are counted for many at once.
        """
        return self.filter(audience_token__in=viewer_tokens(viewer) & {EVERYONE, ORGANISATION})

    def mark_visible_to(self, viewer: Viewer) -> "AudienceQuerySet":
        """All of them, with ``is_visible`` saying whether ``viewer`` may see each.

        It is for names that stand in a public place and are links only for some.
        """
        return self.annotate(is_visible=models.ExpressionWrapper(self._rule(viewer), models.BooleanField()))

    def closed_to(self, viewer: Viewer, tokens: frozenset[str]) -> "AudienceQuerySet":
        """Those that an editor who holds ``tokens`` must not touch: what they may not see, live or as a draft."""
        return self.filter(~self._rule(viewer, tokens) | self.model.draft_closed_to(viewer, tokens))

    def _rule(self, viewer: Viewer, tokens: frozenset[str] | None = None) -> Q:
        tokens = viewer_tokens(viewer) if tokens is None else tokens
        rule = Q(audience_token__in=tokens)
        for widening in widenings_of(self.model):
            rule |= widening.rule(viewer, tokens)
        return rule


def may_see(viewer: Viewer, thing: "Visible") -> bool:
    """Whether one loaded thing is visible to ``viewer``."""
    return not tokens_of(thing).isdisjoint(viewer_tokens(viewer))


class Visible(Versioned, models.Model):
    """Something that only its audience may see. ``audience_token`` is the column that every query reads."""

    # No index: most things carry one of two tokens, and an index would draw the database away from the lists' order.
    audience_token = models.CharField(max_length=40, editable=False, default=NOBODY)

    is_findable = True  # whether it publishes to search: a list of other things need not
    audience_follows_from: ClassVar[frozenset[str]] = frozenset()  # what the token depends on beside what bases say

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the column in step with the row.

        The object may hold more than what is saved: Wagtail writes its notes on a live page through the object that
        holds the draft. So the token follows from the fields that are written, and from the stored row for the rest.
        """
        fields = kwargs.get("update_fields")
        if fields is None:
            self.audience_token = self.audience_token_to_save()
        elif written := self.all_audience_follows_from().intersection(fields):
            self.audience_token = self._as_stored_with(written).audience_token_to_save()
            kwargs["update_fields"] = {*fields, "audience_token"}
        super().save(*args, **kwargs)

    @classmethod
    def all_audience_follows_from(cls) -> frozenset[str]:
        """Every field that the token depends on."""
        return frozenset().union(*(vars(base).get("audience_follows_from", ()) for base in cls.__mro__))

    def _as_stored_with(self, fields: Iterable[str]) -> "Visible":
        """The stored row with ``fields`` as they are about to be written."""
        stored: Visible = type(self)._base_manager.get(pk=self.pk)
        for name in fields:
            setattr(stored, name, getattr(self, name))
        return stored

    def audience_token_to_save(self) -> str:
        """The token that is written with the row."""
        self.read_audience_bounds()
        return self.own_audience_token()

    def read_audience_bounds(self) -> None:
        """Read what bounds the audience from its row, locked: what this object has loaded may be older."""

    def own_audience_token(self) -> str:
        """The token that follows from what the thing is and from what it stands in."""
        raise NotImplementedError

    def write_audience_token(self, token: str) -> None:
        """Put a wrong token right."""
        self.audience_token = token
        self.save(update_fields=["audience_token"])

    @classmethod
    def follow_tokens(cls, pks: Collection[int]) -> None:
        """Give these rows the tokens that follow from what they are now: one statement for each token."""
        by_token: dict[str, list[int]] = defaultdict(list)
        for thing in cls.with_audience_in_force().filter(pk__in=pks):
            if thing.audience_token != (right := thing.own_audience_token()):
                by_token[right].append(thing.pk)
        for token, these in sorted(by_token.items()):
            cls._base_manager.filter(pk__in=these).update(audience_token=token)
        if by_token:
            tokens_written.send(cls, pks=[pk for these in by_token.values() for pk in these])

    @classmethod
    def with_audience_in_force(cls) -> "models.QuerySet[Any]":
        """The rows whose token must be what the rule gives, each with what the rule asks."""
        fields = cls.all_audience_follows_from()
        asked = [field.name for field in cls._meta.fields if field.is_relation and field.name in fields]
        return cls._base_manager.select_related(*asked) if asked else cls._base_manager.all()

    @classmethod
    def draft_closed_to(cls, _viewer: Viewer, _tokens: frozenset[str]) -> Q:
        """Things whose newest draft is closed to an editor. Most have no drafts."""
        return Q(pk__in=())


class AudienceModel(Visible):
    """Something whose audience somebody chooses."""

    audience = models.CharField(
        _("who may see it"), max_length=16, choices=Audience.choices, default=Audience.ORGANISATION
    )
    audience_follows_from: ClassVar[frozenset[str]] = frozenset({"audience"})

    class Meta:
        abstract = True

    def members_token(self) -> str:
        """The token of the members that "members only" means here. Without a community there are none."""
        return NOBODY

    def audience_bounds(self) -> Iterable[str]:
        """Tokens of the things that this one stands in: it is never more public than they are."""
        return ()

    def own_audience_token(self) -> str:
        """What follows from the choice and the bounds."""
        chosen = self.members_token() if self.audience == Audience.MEMBERS else str(self.audience)
        return narrowest(chosen, *self.audience_bounds())
