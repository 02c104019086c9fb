"""Where people name those who write for them."""

from django.urls import path

from conversations.delegates import views

urlpatterns = [
    path("delegates/", views.own, name="delegates"),
    path("delegates/all/", views.everybody, name="all_delegates"),
    path("delegates/<int:pk>/accept/", views.accept, name="accept_delegation"),
    path("delegates/<int:pk>/end/", views.end, name="end_delegation"),
]
