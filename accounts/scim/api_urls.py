"""Addresses that a directory calls, under ``scim/v2/``."""

from django.urls import path, re_path

from accounts.scim import discovery, views

urlpatterns = [
    path("ServiceProviderConfig", discovery.service, name="scim_service"),
    path("ResourceTypes", discovery.resource_types, name="scim_resource_types"),
    path("ResourceTypes/<str:name>", discovery.resource_type, name="scim_resource_type"),
    path("Schemas", discovery.schemas, name="scim_schemas"),
    path("Schemas/<str:name>", discovery.schema, name="scim_schema"),
    path("Users", views.all_people, name="scim_people"),
    path("Users/<uuid:pk>", views.one_person, name="scim_person"),
    path("Groups", views.all_groups, name="scim_groups"),
    path("Groups/<uuid:pk>", views.one_group, name="scim_group"),
    re_path(r"^(?P<path>.*)$", views.nothing, name="scim_nothing"),
]
