"""What a directory does with groups. Every function is one transaction."""

from collections.abc import Callable
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from scim2_models import InvalidValueException, NotFoundException, UniquenessException
from wagtail.log_actions import log

from accounts.scim import group_membership
from accounts.scim.models import Directory, DirectoryGroup, DirectoryGroupMember, DirectoryPerson, DirectoryToken
from accounts.scim.resources import Member, ScimGroup
from core.text import one_line

Change = Callable[[ScimGroup], ScimGroup]
TAKEN = "There is a group of this name already."
LONGEST = 255


def resource_of(group: DirectoryGroup, *, with_members: bool = True) -> ScimGroup:
    found = group.members.order_by("pk").values_list("member", "member__user_name") if with_members else ()
    members = [Member(value=str(pk), display=name) for pk, name in found]
    return ScimGroup(
        id=str(group.pk),
        external_id=group.external_id or None,
        display_name=group.display_name,
        members=members or None,
    )


def create(token: DirectoryToken, resource: ScimGroup) -> DirectoryGroup:
    name = _name(resource)
    try:
        with transaction.atomic():
            external = one_line(resource.external_id or "")[:LONGEST]
            group = DirectoryGroup.objects.create(directory=token.directory, display_name=name, external_id=external)
            _log(token, group, "made")
            _set_members(group, _meant(token.directory, resource))
            return group
    except IntegrityError as error:
        raise UniquenessException(detail=TAKEN) from error


@transaction.atomic
def change(token: DirectoryToken, group: DirectoryGroup, how: Change) -> DirectoryGroup:
    """Take over what ``how`` changes of a group."""
    rows = DirectoryGroup.objects.select_for_update(of=("self",)).select_related("directory")
    now = rows.filter(pk=group.pk).first()
    if now is None:
        raise NotFoundException(detail="The group was removed at the same moment.")
    group = now
    before = resource_of(group)
    after = how(before.model_copy(deep=True))
    group.display_name = _name(after)
    group.external_id = one_line(after.external_id or "")[:LONGEST]
    group.changed = timezone.now()
    try:
        with transaction.atomic():
            group.save()
    except IntegrityError as error:
        raise UniquenessException(detail=TAKEN) from error
    if after.members != before.members:
        _set_members(group, _meant(group.directory, after))
        _log(token, group, "changed")
    return group


@transaction.atomic
def remove(token: DirectoryToken, group: DirectoryGroup) -> None:
    """The group is gone, and with it what it did in communities."""
    people = list(group.people.values_list("person", flat=True))
    _log(token, group, "removed")
    group.delete()
    group_membership.follow(people)


def _name(resource: ScimGroup) -> str:
    name = one_line(resource.display_name or "").strip()[:LONGEST]
    if not name:
        raise InvalidValueException(detail="A group needs a displayName.")
    return name


def _meant(directory: Directory, resource: ScimGroup) -> set[UUID]:
    """The people of this directory that are named; a sentence about the first whom it does not know."""
    named = {member.value or "" for member in resource.members or []}
    known = {str(pk): pk for pk in _people(directory).filter(pk__in=filter(_is_id, named)).values_list("pk", flat=True)}
    if unknown := sorted(named - known.keys()):
        raise InvalidValueException(detail=f"There is no person with the id “{unknown[0][:60]}” in this directory.")
    return set(known.values())


def _people(directory: Directory) -> QuerySet[DirectoryPerson]:
    return directory.people.filter(removed=None)


def _is_id(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return False
    return True


def _set_members(group: DirectoryGroup, people: set[UUID]) -> None:
    before = set(group.members.values_list("member", flat=True))
    gone, new = before - people, people - before
    group.members.filter(member__in=gone).delete()
    rows = [DirectoryGroupMember(group=group, member_id=pk) for pk in sorted(new)]
    DirectoryGroupMember.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
    if group.mappings.exists():
        group_membership.follow(DirectoryPerson.objects.filter(pk__in=gone | new).values_list("person_id", flat=True))


def _log(token: DirectoryToken, group: DirectoryGroup, deed: str) -> None:
    data = {"group": group.display_name, "members": group.members.count(), "token": token.start}
    log(instance=token.directory, action=f"accounts.group_{deed}", data=data)
