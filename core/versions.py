"""Versions of what pages show, so that a rendered fragment is kept until something that it shows has changed.

Everything that pages show belongs to *scopes*: its kind (``stories``) and, where a community looks after it, that
community (``community:12``). Whoever changes a thing raises the versions of its scopes, in the same transaction. A
fragment is kept under the versions of the scopes that it shows (``core.fragments``), so that a story of one community
leaves the pages of all others as they are. Nothing is ever deleted from the cache.

Some scopes are *apart*: what one person did (``person:3``), what waits for them (``person:3:waiting``), and each side
of a community's life that changes often and that few pages show (``community:12:posts``). They are one in thousands to
any one reader, so that a request reads those of its reader, and others when a page asks for them.

Raising adds rows and changes none: no transaction waits for another, and none is lost with a process that is killed.
The version of a scope is the sum of its rows. Their numbers are random, because a version that was rolled back must
never come again. Now and then the rows of a scope are folded into one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from secrets import randbits
from typing import Any, ClassVar

from django.apps import apps
from django.db import models, transaction
from django.db.models import Count, Sum
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.models import Page, Site
from wagtail.signals import page_slug_changed, post_page_move

SITE = "site"
"""What every fragment depends on: the front page, index pages, the tree of pages."""
PERSON = "person:"
WAITING = ":waiting"
"""What ends the scope of what waits for one person."""
NEWS = ":news"
"""What ends the scope of what is new to one person, or to the members of a community: how many notices they have."""
FOLD_EVERY = 64  # rows
FOLDED = 500  # scopes at once
_NONE: frozenset[str] = frozenset()


class ScopeChange(models.Model):
    """That something of one scope changed. The sum of a scope's numbers is its version."""

    changes_pages = False
    scope = models.CharField(max_length=60)
    number = models.BigIntegerField()
    apart = models.CharField(max_length=40, blank=True)
    """Whose it is where it is apart (``community:12``), so that a request leaves out those of all others."""

    class Meta:
        app_label = "core"
        indexes: ClassVar = [models.Index(fields=["apart", "scope", "number"], name="versions_of_what_is_read")]

    def __str__(self) -> str:
        return f"{self.scope}: {self.number}"


# -- what raises versions ----------------------------------------------------------------------------------------------
class Versioned:
    """A model of which pages show something. Every model of a room is one, or says ``changes_pages = False``."""

    version_kind: ClassVar[str] = SITE
    quiet_fields: ClassVar[frozenset[str]] = _NONE  # what can be saved without anybody seeing a change
    is_shown_when_new: ClassVar[bool] = True  # or only once something else names it, which raises its own scopes

    @property
    def version_scope(self) -> str:
        """The narrowest scope that it belongs to: a fragment that shows this thing depends on it."""
        return self.version_kind

    def version_scopes(self) -> set[str]:
        """The scopes that a change of it raises."""
        return {self.version_kind, self.version_scope}

    def version_scopes_when(self, _saved: frozenset[str]) -> set[str]:
        """The scopes that saving only these fields raises."""
        return self.version_scopes()

    @classmethod
    def version_scopes_of(cls, _rows: "models.QuerySet[Any]", _values: Mapping[str, Any]) -> set[str]:
        """The scopes that a change of ``rows`` in bulk raises."""
        return {cls.version_kind}


class ShownWithOwner(Versioned):
    """A row that is shown as a part of another one. What deletes it saves or deletes the other one, or what it names,
    too, so that nobody listens to its going.
    """

    version_owner: ClassVar[str] = "content_object"

    @property
    def version_scope(self) -> str:
        return str(getattr(self, self.version_owner).version_scope)

    def version_scopes(self) -> set[str]:
        scopes: set[str] = getattr(self, self.version_owner).version_scopes()
        return scopes


def changed(*scopes: str) -> None:
    """Raise the versions of ``scopes``, once a transaction for each."""
    connection = transaction.get_connection()
    hooks = (hook for _savepoints, hook, _robust in connection.run_on_commit)
    raised = {scope for hook in hooks if isinstance(hook, Raised) and not hook.is_over for scope in hook.scopes}
    if not (new := sorted(set(scopes) - raised)):
        return
    rows = ScopeChange.objects.bulk_create(_row(scope, randbits(31)) for scope in new)
    is_due = any(row.pk % FOLD_EVERY == 0 for row in rows)
    if connection.in_atomic_block or is_due:
        transaction.on_commit(Raised(frozenset(new), is_due=is_due), robust=True)


def changed_for(people: Iterable[int | None]) -> None:
    """Say that what waits for these people (keys) is another now, such as their number of notices: for services of what
    no page shows. Whatever settles a notice raises this, or the number stays as it was for minutes.
    """
    changed(*(waiting_for(pk) for pk in set(people) if pk))


def news_for(people: Iterable[int | None]) -> None:
    """Say that these people (keys) have more or fewer new notices now, and that nothing else that waits for them
    changed.
    """
    changed(*(news_of(pk) for pk in set(people) if pk))


def news_of(person: int) -> str:
    """The scope of what is new to one person, by their key."""
    return f"{PERSON}{person}{NEWS}"


def waiting_for(person: int) -> str:
    """The scope of what waits for one person, by their key."""
    return f"{PERSON}{person}{WAITING}"


def apart(scope: str) -> str:
    """Whose a scope is that is apart, such as ``person:3`` or ``community:12``; nothing for one that all read."""
    kind, _, rest = scope.partition(":")
    key, _, side = rest.partition(":")
    return f"{kind}:{key}" if side or scope.startswith(PERSON) else ""


def _row(scope: str, number: int) -> ScopeChange:
    return ScopeChange(scope=scope, number=number, apart=apart(scope))


class Raised:
    """Says which versions a transaction has raised already. It goes with the savepoint that raised them."""

    def __init__(self, scopes: frozenset[str], *, is_due: bool) -> None:
        self.scopes, self.is_due, self.is_over = scopes, is_due, False
        self.__qualname__ = "fold"  # what Django logs of a failure

    def __call__(self) -> None:
        self.is_over = True
        if self.is_due:
            fold()


@transaction.atomic
def fold() -> None:
    """One row for each scope again. Versions stay as they are.

    Only scopes of several rows are read: each person is a scope, and thousands of them have one row for ever.
    """
    sums: dict[str, int] = defaultdict(int)
    several = ScopeChange.objects.order_by().values("scope").annotate(n=Count("pk")).filter(n__gt=1)
    scopes = list(several.order_by("-n").values_list("scope", flat=True)[:FOLDED])
    rows = list(ScopeChange.objects.select_for_update(skip_locked=True).filter(scope__in=scopes).order_by("pk")[:5000])
    for row in rows:
        sums[row.scope] += row.number
    if len(sums) < len(rows):
        ScopeChange.objects.filter(pk__in=[row.pk for row in rows]).delete()
        ScopeChange.objects.bulk_create(_row(scope, number) for scope, number in sums.items())


def begin_new() -> None:
    """Say that anything may have changed: for imports, which write in bulk and send no signals."""
    changed(SITE)


def rows_changed(rows: "models.QuerySet[Any]", values: Mapping[str, Any]) -> None:
    """Say that ``update()`` is about to change these fields of ``rows``, for which Django sends no signal.

    What a migration changes raises nothing: its models are of another time, and the table may not be there yet.
    """
    model = rows.model
    if model._meta.apps is apps and issubclass(model, Versioned) and not model.quiet_fields.issuperset(values):
        changed(*model.version_scopes_of(rows, values))


def keys_named(values: Mapping[str, Any], *names: str) -> set[int] | None:
    """The keys that ``values`` of an update name for a relation, where it is not worked out row by row."""
    found = [getattr(values[name], "pk", values[name]) for name in names if name in values]
    return {key or 0 for key in found} if all(key is None or isinstance(key, int) for key in found) else None


# -- what fragments are kept under -------------------------------------------------------------------------------------
class Versions(dict[str, int]):
    """The versions of scopes at the beginning of a request; 0 for one that never changed."""

    def __init__(self, owners: Iterable[str]) -> None:
        """Of what every request reads, and of what is apart and belongs to ``owners``."""
        self.owners = {"", *owners}
        super().__init__(_sums(self.owners))

    def __missing__(self, scope: str) -> int:
        self.need([scope])
        return self.setdefault(scope, 0)

    def need(self, scopes: Iterable[str]) -> None:
        """Read what is apart among ``scopes`` and was not read yet, in one query: few pages show what others did."""
        if new := {apart(scope) for scope in scopes} - self.owners:
            self.owners |= new
            self.update(_sums(new))


def _sums(owners: Iterable[str]) -> "models.QuerySet[ScopeChange, tuple[str, int]]":
    rows = ScopeChange.objects.order_by().filter(apart__in=sorted(owners))
    return rows.values_list("scope").annotate(n=Sum("number"))


def _end_what_was_raised() -> None:
    """What this transaction changes from now on is another version than the one that is read now."""
    for _savepoints, hook, _robust in transaction.get_connection().run_on_commit:
        if isinstance(hook, Raised):
            hook.is_over = True


def read(owners: Iterable[str] = ()) -> Versions:
    """The present versions, in one short query: there are as many as communities and kinds of things. ``owners`` are
    those whose scopes are apart and are read with them.
    """
    _end_what_was_raised()
    return Versions(owners)


def current() -> str:
    """The version of everything together: one number that any change raises."""
    _end_what_was_raised()
    return str(ScopeChange.objects.aggregate(n=Sum("number"))["n"] or 0)


# -- signals -----------------------------------------------------------------------------------------------------------
def follow_changes() -> None:
    """Hear of what pages show, and of nothing else: Django collects rows before it deletes them where anybody listens.

    Pages say themselves what changed: a draft of one changes nothing (``core.drafts``).
    """
    for model in apps.get_models():
        if issubclass(model, Versioned):
            _follow(model)
    for model in (Page, Site):
        post_save.connect(_on_tree, sender=model, dispatch_uid="core.versions")
    post_delete.connect(_on_tree, sender=Site, dispatch_uid="core.versions")
    for happened in (page_slug_changed, post_page_move):
        happened.connect(_on_tree, dispatch_uid="core.versions")


def _follow(model: type[models.Model]) -> None:
    if not issubclass(model, Page):
        post_save.connect(_on_change, sender=model, dispatch_uid="core.versions")
    if not issubclass(model, ShownWithOwner):
        post_delete.connect(_on_change, sender=model, dispatch_uid="core.versions")
    for field in model._meta.many_to_many:
        m2m_changed.connect(_on_links, sender=field.remote_field.through, dispatch_uid="core.versions")


def _on_change(
    sender: type[Versioned],
    instance: Versioned,
    created: bool = False,
    update_fields: frozenset[str] | None = None,
    raw: bool = False,
    **_kwargs: object,
) -> None:
    if update_fields and sender.quiet_fields.issuperset(update_fields):
        return
    if raw:  # of a fixture, whose rows may name what is not there yet
        changed(SITE)
    elif update_fields and not created:
        changed(*instance.version_scopes_when(update_fields))
    elif sender.is_shown_when_new or not created:
        changed(*instance.version_scopes())


def _on_links(instance: object, reverse: bool, **_kwargs: object) -> None:
    changed(*(instance.version_scopes() if isinstance(instance, Versioned) and not reverse else (SITE,)))


def _on_tree(**_kwargs: object) -> None:
    changed(SITE)
