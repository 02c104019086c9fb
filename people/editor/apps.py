"""Wagtail's own app for accounts, told where our list and forms are."""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    user_viewset = "people.editor.viewsets.PersonViewSet"
