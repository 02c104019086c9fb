"""The directory."""

from django.urls import path

from people import views

app_name = "people"

urlpatterns = [
    path("", views.directory, name="directory"),
    path("who-knows/", views.who_knows, name="who_knows"),
    path("me/", views.profile, name="profile"),
    path("me/calendar/", views.renew_calendar, name="renew_calendar"),
    path("<slug:slug>/", views.person, name="person"),
]
