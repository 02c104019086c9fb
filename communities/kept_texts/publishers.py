"""What it takes to write something and to publish it, and who publishes what was kept."""

from django.db.models import Model, QuerySet

from communities.models import KeptText, Membership
from communities.rights import holds


def publishers(text: KeptText) -> QuerySet[Membership]:
    """The memberships of those who publish what it was typed for."""
    capabilities = capabilities_of(text.model, publishing=True)
    if text.community_id is None or not capabilities:
        return Membership.objects.none()
    gives = holds(*capabilities)
    found = Membership.objects.active().filter(gives, community=text.community_id, person__is_active=True)
    return found.exclude(person=text.person_id)


def capabilities_of(model: type[Model] | None, *, publishing: bool = False) -> tuple[str, ...]:
    """What it takes to write things of ``model``, or to publish them."""
    name = "published_with" if publishing else "written_with"
    return tuple(getattr(model, name, ())) or tuple(getattr(_series(model), name, ()))


def _series(model: type[Model] | None) -> object:
    """Dates are looked after with the series that they belong to."""
    fields = [field for field in model._meta.get_fields() if field.many_to_one and field.concrete] if model else []
    return next((each.related_model for each in fields if hasattr(each.related_model, "written_with")), None)
