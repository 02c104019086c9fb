"""The search page, and what is offered while somebody types."""

from django.urls import path

from search import views

app_name = "search"
urlpatterns = [
    path("", views.results, name="results"),
    path("opened/", views.opened, name="opened"),
    path("suggestions/", views.suggestions, name="suggestions"),
    path("near/", views.near, name="near"),
]
