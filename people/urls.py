"""The directory."""

from django.urls import path

from people import views
from people.absence import views as absence

app_name = "people"

urlpatterns = [
    path("", views.directory, name="directory"),
    path("who-knows/", views.who_knows, name="who_knows"),
    path("me/", views.profile, name="profile"),
    path("me/calendar/", views.renew_calendar, name="renew_calendar"),
    path("me/away/", absence.own, name="away"),
    path("me/away/<int:pk>/", absence.change, name="change_absence"),
    path("me/away/<int:pk>/withdraw/", absence.withdraw, name="withdraw_absence"),
    path("me/away/<int:pk>/bring-back/", absence.bring_back, name="bring_back_absence"),
    path("me/away/<int:pk>/back/", absence.back, name="back"),
    path("me/away/<int:pk>/decline/", absence.decline, name="decline_absence"),
    path("<slug:slug>/", views.person, name="person"),
]
