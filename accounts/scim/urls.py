"""Directories, for the hub team."""

from django.urls import path

from accounts.scim import screens

urlpatterns = [
    path("", screens.directories, name="directories"),
    path("<int:pk>/", screens.directory, name="directory"),
    path("<int:pk>/token/", screens.new_token, name="directory_token"),
    path("<int:pk>/tokens/<int:token>/withdraw/", screens.withdraw_token, name="withdraw_token"),
    path("groups/<uuid:pk>/", screens.group, name="directory_group"),
    path("groups/<uuid:pk>/<int:mapping>/remove/", screens.unmap, name="unmap_group"),
]
