"""Sessions and calendars. The schedule and the surgeries themselves are Wagtail's pages."""

from django.urls import path

from surgeries import views

app_name = "surgeries"

urlpatterns = [
    path("sessions/<int:pk>/", views.session, name="session"),
    path("sessions/<int:pk>/session.ics", views.session_ics, name="session_ics"),
    path("calendar.ics", views.feed, name="feed"),
    path("calendar/<str:key>.ics", views.personal_feed, name="personal_feed"),
]
