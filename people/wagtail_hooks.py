"""Choosing people in Wagtail's editor: among thousands, by name, and not from a list of all."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.chooser import ChooserViewSet

from people.models import User


class PersonChooserViewSet(ChooserViewSet):  # type: ignore[misc]
    """Wherever a page names a person, an editor looks for them."""

    model = User
    icon = "user"
    choose_one_text = _("Choose a person")
    choose_another_text = _("Choose another person")
    edit_item_text = _("Edit this person")
    per_page = 20

    def get_object_list(self) -> object:
        return User.objects.filter(is_active=True).by_name()


@hooks.register("register_admin_viewset")
def person_chooser() -> PersonChooserViewSet:
    """Under its own address in the editor."""
    return PersonChooserViewSet("person_chooser")
