"""Where people say what comes of an idea."""

from django.urls import path

from conversations.outcomes import views

urlpatterns = [
    path("<int:pk>/stage/", views.stage, name="stage"),
    path("<int:pk>/closing-day/", views.closing_day, name="closing_day"),
]
