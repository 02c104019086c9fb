"""What the pages about directories show."""

from typing import Any

from django.db.models import Count, Max, Q
from django.http import HttpRequest
from django.utils import timezone

from accounts.scim.models import Directory, DirectoryGroup
from core.pagination import page_of
from core.parameters import parameter


def all_directories() -> Any:
    """With how many people each has, and when it was heard of last."""
    good = Q(tokens__withdrawn=None, tokens__ends__gt=timezone.now())
    return Directory.objects.annotate(
        known=Count("people", filter=Q(people__removed=None), distinct=True),
        good_tokens=Count("tokens", filter=good, distinct=True),
        heard=Max("tokens__last_used"),
    )


def directory_context(request: HttpRequest, directory: Directory) -> dict[str, Any]:
    """One directory: its tokens, and its groups with where they lead."""
    words = parameter(request, "q")
    found = directory.groups.annotate(size=Count("members")).prefetch_related("mappings__community", "mappings__role")
    if words:
        found = found.filter(display_name__icontains=words)
    return {
        "directory": directory,
        "tokens": directory.tokens.select_related("made_by"),
        "groups": page_of(request, found.order_by("display_name", "pk")),
        "q": words,
        "known": directory.people.filter(removed=None).count(),
        "address": request.build_absolute_uri("/scim/v2"),
    }


def group_context(group: DirectoryGroup) -> dict[str, Any]:
    return {
        "group": group,
        "directory": group.directory,
        "mappings": group.mappings.select_related("community", "role").order_by("community__title"),
        "size": group.members.count(),
    }
