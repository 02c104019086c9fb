"""Who wrote something, and in whose name where that is somebody else's."""

from django.db import models
from django.utils.translation import gettext as _

from core.audiences import Viewer
from people.models import User


class ByLine(models.Model):
    """Something that one person wrote, perhaps as the named delegate of another. Wherever it is shown, both names are.

    Whoever wrote it is named by the model; ``principal`` is in whose name, and nobody once their account is gone.
    """

    principal = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_for_another = models.BooleanField(default=False, editable=False)
    """Stays when the account of ``principal`` goes: what was said for somebody is never its writer's own voice."""

    class Meta:
        abstract = True

    @property
    def written_by(self) -> User | None:
        raise NotImplementedError

    @property
    def written_by_id(self) -> int | None:
        raise NotImplementedError

    @property
    def behind(self) -> set[int]:
        """The keys of those whose it is: of whoever wrote it, and of whoever it was written for."""
        return {pk for pk in (self.written_by_id, self.principal_id) if pk is not None}

    def is_of(self, person: Viewer) -> bool:
        """Whether ``person`` wrote it, or it was written in their name."""
        return person.pk is not None and person.pk in self.behind

    @property
    def by_line(self) -> str:
        """The name of whoever wrote it; both names where it was for another; nothing where nobody is known."""
        if self.is_for_another:
            return both_names(self.written_by, self.principal)
        return str(self.written_by) if self.written_by else ""


def both_names(writer: User | None, principal: User | None) -> str:
    """As they stand wherever one of them would."""
    said = {"writer": writer or _("Somebody"), "principal": principal or _("somebody whose account is gone")}
    return _("%(writer)s for %(principal)s") % said
