"""One's own inbox: no address names a person."""

from django.urls import path

from notifications import views

app_name = "notifications"

urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("new/", views.number, name="number"),
    path("read/", views.read_all, name="read_all"),
    path("take-back/", views.take_back, name="take_back"),
    path("settings/", views.settings, name="settings"),
    path("level/<any_slug:slug>/", views.set_level, name="set_level"),
    path("<int:pk>/", views.go_to, name="go_to"),
]
