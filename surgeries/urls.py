"""Sessions and calendars. The schedule and the surgeries themselves are Wagtail's pages."""

from django.urls import path

from surgeries import views
from surgeries.series import views as series
from surgeries.writing.views import SurgeryWriting

app_name = "surgeries"

urlpatterns = [
    path("sessions/<int:pk>/", views.session, name="session"),
    path("sessions/<int:pk>/session.ics", views.session_ics, name="session_ics"),
    path("sessions/<int:pk>/change/", series.change, name="change_date"),
    path("sessions/<int:pk>/cancel/", series.cancel, name="cancel_date"),
    path("sessions/<int:pk>/restore/", series.restore, name="restore_date"),
    path("<int:pk>/dates/", series.dates, name="dates"),
    path("<int:pk>/dates/add/", series.add, name="add_date"),
    path("<int:pk>/dates/pattern/", series.new_pattern, name="new_pattern"),
    path("<int:pk>/dates/pattern/<int:number>/", series.pattern, name="pattern"),
    path("<int:pk>/dates/left-out/<int:number>/", series.hold, name="hold"),
    *SurgeryWriting().urls(),
    path("calendar.ics", views.feed, name="feed"),
    path("calendar/<str:key>.ics", views.personal_feed, name="personal_feed"),
]
