"""Whom one can name."""

from django.urls import path

from conversations.mentions import views

urlpatterns = [
    path("<int:pk>/names/", views.in_conversation, name="names"),
    path("in/<any_slug:slug>/names/", views.in_community, name="names_in"),
]
