"""What the hub team does with directories. Every function is one transaction."""

from django.db import transaction
from wagtail.log_actions import log

from accounts.scim import group_membership
from accounts.scim.models import Directory, DirectoryGroup, GroupMapping
from communities.models import CommunityPage, Role
from people.models import User


@transaction.atomic
def set_up(directory: Directory, by: User) -> Directory:
    """A new directory, or another kind or other domains of one that there is."""
    directory.save()
    data = {"kind": directory.kind, "organisation": directory.organisation, "domains": directory.domains}
    log(instance=directory, action="accounts.directory_set_up", user=by, data=data)
    return directory


@transaction.atomic
def map_group(group: DirectoryGroup, community: CommunityPage, role: Role | None, by: User) -> GroupMapping:
    """From now on whoever is in the group belongs to the community, in this part."""
    given = {"role": role}
    mapping, _new = GroupMapping.objects.update_or_create(group=group, community=community, defaults=given)
    _log(mapping, "mapped", by)
    _follow(group)
    return mapping


@transaction.atomic
def unmap(mapping: GroupMapping, by: User) -> None:
    """What the group gave there is taken back."""
    _log(mapping, "unmapped", by)
    group = mapping.group
    mapping.delete()
    _follow(group)


def _follow(group: DirectoryGroup) -> None:
    group_membership.follow(group.people.values_list("person_id", flat=True))


def _log(mapping: GroupMapping, deed: str, by: User) -> None:
    data = {
        "group": mapping.group.display_name,
        "directory": str(mapping.group.directory),
        "role": str(mapping.role or ""),
    }
    log(instance=mapping.community, action=f"accounts.group_{deed}", user=by, data=data)
